import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';

export const unitLevels = { NATION: 'NATION', PROVINCE: 'PROVINCE', DISTRICT: 'DISTRICT', COMMUNE: 'COMMUNE' } as const;
export type UnitLevel = keyof typeof unitLevels;
registerEnumType(unitLevels, {
  name: 'UnitLevel',
  description: 'The level of an administrative unit.',
  valuesConfig: {
    NATION: { description: 'The country.' },
    PROVINCE: { description: 'A province or a city under the central government.' },
    DISTRICT: { description: 'A district, town or provincial city; none since 1 July 2025.' },
    COMMUNE: { description: 'A commune, ward or township.' },
  },
});

// From memory. Most were replaced by one or replace a few; a district was replaced by what replaced its communes.
const aFew = ({ childComplexity }: { childComplexity: number }) => 1 + 10 * childComplexity;

/** One validity of an official code: history keeps the unit of its day. Served from memory, shared by all requests. */
@ObjectType({ description: 'An administrative unit, as it was valid in a period.', simpleResolvers: true })
export class AdministrativeUnit {
  @Field(() => ID, {
    description:
      'The code and when it became valid: 14758@2021, 14758@2025-07-01. Codes are used again for other units; an id is not.',
  })
  id!: string;

  @Field(() => String, {
    description: 'The official code: 2 digits for a province, 3 for a district, 5 for a commune; VN for the nation.',
  })
  code!: string;

  @Field(() => String, { description: 'The short name: Quảng Xương.' })
  name!: string;

  @Field(() => String, { description: 'The name with its kind: Huyện Quảng Xương.' })
  fullName!: string;

  @Field(() => unitLevels, { description: 'Its level.' })
  level!: UnitLevel;

  @Field(() => AdministrativeUnit, { nullable: true, description: 'The unit above; null for the nation.' })
  parent!: AdministrativeUnit | null;

  @Field(() => [AdministrativeUnit], {
    description: 'The units right below: those of today while it holds, else those of its last day.',
  })
  get children(): AdministrativeUnit[] {
    const today = vietnamDate(new Date());
    const day = holdsOn(this, today) ? today : (this.validTo ?? this.validFrom);
    return this.below.filter((unit) => holdsOn(unit, day));
  }

  @Field(() => LocalDate, { description: 'First day of this validity.' })
  validFrom!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of this validity; null while it holds.' })
  validTo!: string | null;

  @Field(() => [AdministrativeUnit], {
    complexity: aFew,
    description:
      'The units that took its place, or will on the day after validTo: several where it was split; of a district, those of its communes. None while nothing is known to follow.',
  })
  replacedBy!: AdministrativeUnit[];

  @Field(() => [AdministrativeUnit], {
    complexity: aFew,
    description: 'The units whose place it took, wholly or in part: several where they were merged.',
  })
  replaces!: AdministrativeUnit[];

  /** Those right below it of any day: what `children` chooses from. */
  below!: AdministrativeUnit[];

  /** Code of the province it lies in; VN for the nation. */
  provinceCode!: string;
}

/** Whether a unit was, is or will be there on a day of the calendar in Viet Nam. */
export const holdsOn = ({ validFrom, validTo }: Pick<AdministrativeUnit, 'validFrom' | 'validTo'>, on: string) =>
  validFrom <= on && (validTo === null || on <= validTo);
