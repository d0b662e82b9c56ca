import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { FieldProblem } from '../platform/graphql/field-problem.ts';
import { maskPlate } from '../policy/masking.ts';
import { Address } from '../people/address.entity.ts';
import { Person } from '../people/person.entity.ts';
import { PersonView, addressView, type ReaderView } from '../people/person-view.service.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { Advice } from '../territory/shared/movement-rules/advice.ts';
import { Channel, Symptom, TravelPurpose, VehicleKind } from './shared/declaration-draft.ts';
import { problemText } from './shared/declaration-texts.ts';

registerEnumType(Channel, {
  name: 'Channel',
  description: 'How a declaration reached the system.',
  valuesConfig: {
    ONLINE: { description: 'On the public page.' },
    PAPER: { description: 'On a paper form, keyed in by an officer.' },
    ASSISTED: { description: 'Keyed in by an officer at the checkpoint, without paper.' },
    PARTNER: { description: 'Through a partner health app.' },
  },
});
registerEnumType(TravelPurpose, {
  name: 'TravelPurpose',
  description: 'Why the person travels.',
  valuesConfig: {
    WORK: { description: 'To work.' },
    HOME: { description: 'Going home.' },
    MEDICAL: { description: 'Medical care.' },
    GOODS: { description: 'Carrying goods.' },
    OFFICIAL: { description: 'Official duty.' },
    STUDY: { description: 'To study.' },
    FAMILY: { description: 'Family matters.' },
    OTHER: { description: 'Something else.' },
  },
});
registerEnumType(VehicleKind, {
  name: 'VehicleKind',
  description: 'What the person travels by.',
  valuesConfig: {
    ON_FOOT: { description: 'On foot.' },
    BICYCLE: { description: 'Bicycle.' },
    MOTORBIKE: { description: 'Motorbike.' },
    CAR: { description: 'Car.' },
    COACH: { description: 'Coach or bus.' },
    TRUCK: { description: 'Lorry.' },
    TRAIN: { description: 'Train.' },
    BOAT: { description: 'Boat or ship.' },
    AIRCRAFT: { description: 'Aircraft.' },
  },
});
registerEnumType(Symptom, {
  name: 'Symptom',
  description: 'A symptom of the last 14 days, as on the form of the health ministry.',
  valuesConfig: {
    FEVER: { description: 'Fever.' },
    COUGH: { description: 'Cough.' },
    SHORTNESS_OF_BREATH: { description: 'Shortness of breath.' },
    PNEUMONIA: { description: 'Pneumonia.' },
    SORE_THROAT: { description: 'Sore throat.' },
    FATIGUE: { description: 'Fatigue.' },
    LOSS_OF_TASTE_OR_SMELL: { description: 'Loss of taste or smell.' },
    OTHER: { description: 'Another symptom.' },
  },
});

@ObjectType({ description: 'A declared journey.', simpleResolvers: true })
export class Journey {
  @Field(() => TravelPurpose, { description: 'Why.' })
  purpose!: TravelPurpose;

  @Field(() => AdministrativeUnit, { description: 'Where from, as the unit of that day.' })
  origin!: AdministrativeUnit;

  @Field(() => AdministrativeUnit, { description: 'Where to, as the unit of that day.' })
  destination!: AdministrativeUnit;

  @Field(() => Address, { description: 'The address at the destination.' })
  destinationAddress!: Address;

  @Field(() => DateTime, { description: 'When it begins.' })
  departsAt!: Date;

  @Field(() => LocalDate, {
    nullable: true,
    description: 'The last day that the person means to stay; null where they did not say.',
  })
  staysUntil!: string | null;

  @Field(() => VehicleKind, { description: 'By what.' })
  vehicle!: VehicleKind;

  @Field(() => String, {
    nullable: true,
    description: 'The plate without blanks, 36B112345; masked: its last 3 characters.',
  })
  plate!: string | null;
}

@ObjectType({ description: 'The answers on health.', simpleResolvers: true })
export class HealthAnswers {
  @Field(() => [Symptom], { description: 'Symptoms of the last 14 days; none is an empty list.' })
  symptoms!: Symptom[];

  @Field(() => Boolean, { description: 'Contact in 14 days with a case or suspect.' })
  contactWithCase!: boolean;

  @Field(() => Boolean, { description: 'Contact in 14 days with a person with symptoms.' })
  contactWithSymptomatic!: boolean;

  @Field(() => Boolean, { description: 'Contact in 14 days with a person from an affected area.' })
  contactFromAffectedArea!: boolean;

  @Field(() => Boolean, { description: 'Was in an epidemic area in 14 days.' })
  visitedEpidemicArea!: boolean;

  @Field(() => [AdministrativeUnit], { description: 'The units visited in 14 days.' })
  visitedUnits!: AdministrativeUnit[];

  @Field(() => DateTime, { nullable: true, description: 'When the last test was taken; null without a test.' })
  testedAt!: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether that test was negative; null without a test.' })
  testNegative!: boolean | null;

  @Field(() => Int, { description: 'Doses of vaccine so far.' })
  vaccineDoses!: number;
}

/** A declaration as one reader sees it: each field is computed when it is asked for. */
@ObjectType({ description: 'A health declaration for one journey of one person.', simpleResolvers: true })
export class Declaration {
  readonly row: DeclarationRow;
  readonly whole: boolean;
  readonly #view: ReaderView;

  constructor(row: DeclarationRow, view: ReaderView, whole: boolean) {
    this.row = row;
    this.whole = whole;
    this.#view = view;
  }

  @Field(() => ID, { description: 'UUIDv7 made by the client.' })
  get id(): string {
    return this.row.id;
  }

  @Field(() => String, {
    description: 'Spoken aloud and typed: 2 digits of the province, 6 random characters, 1 check; no look-alikes.',
  })
  get code(): string {
    return this.row.code;
  }

  @Field(() => Person, { description: 'The person as declared.' })
  get person(): Person {
    return new PersonView(this.row, this.#view, this.whole);
  }

  @Field(() => Channel, { description: 'How it reached the system.' })
  get channel(): Channel {
    return this.row.channel;
  }

  @Field(() => String, { nullable: true, description: 'Number of the paper form; null where there was none.' })
  get paperFormNumber(): string | null {
    return this.row.paper_form_number;
  }

  @Field(() => DateTime, { description: 'When the server received it.' })
  get submittedAt(): Date {
    return this.row.submitted_at;
  }

  @Field(() => DateTime, { description: 'Until when it holds: 72 hours from submittedAt.' })
  get validUntil(): Date {
    return this.row.valid_until;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was withdrawn; null while it stands.' })
  get withdrawnAt(): Date | null {
    return this.row.withdrawn_at;
  }

  @Field(() => Journey, { description: 'The journey.' })
  get journey(): Journey {
    const { territory } = this.#view;
    const { row, whole } = this;
    const to = addressView(territory, row.destination_line, row.destination_address_unit_id, whole);
    return {
      purpose: row.purpose,
      origin: territory.byId(row.origin_unit_id),
      destination: territory.byId(row.destination_unit_id),
      destinationAddress: to as Address,
      departsAt: row.departs_at,
      staysUntil: row.stays_until,
      vehicle: row.vehicle,
      plate: row.plate && !whole ? maskPlate(row.plate) : row.plate,
    };
  }

  @Field(() => Address, { description: 'Where the person stays (lưu trú).' })
  get stayAddress(): Address {
    return addressView(this.#view.territory, this.row.stay_line, this.row.stay_unit_id, this.whole) as Address;
  }

  @Field(() => HealthAnswers, { description: 'The answers on health.' })
  get health(): HealthAnswers {
    const { visitedUnitIds, testedAt, ...answers } = this.row.health;
    return {
      ...answers,
      testedAt: testedAt ? new Date(testedAt) : null,
      visitedUnits: visitedUnitIds.map((id) => this.#view.territory.byId(id)),
    };
  }

  @Field(() => Advice, { description: 'What the rules advised at submission; a scan judges anew.' })
  get advice(): Advice {
    return this.row.advice;
  }

  @Field(() => [String], { description: "Why, in the reader's language, worst first; empty for ADMIT." })
  get reasons(): string[] {
    const { territory, locale } = this.#view;
    return this.row.reasons.flatMap((reason) => territory.zones.reasonText(reason, locale) ?? []);
  }

  @Field(() => [FieldProblem], {
    description: 'What looks wrong but may be true: a number that contradicts sex or birth year.',
  })
  get warnings(): FieldProblem[] {
    return this.row.warnings.map(({ path, code }) => ({
      path,
      code,
      message: problemText(code as never, this.#view.locale, path),
    }));
  }
}
