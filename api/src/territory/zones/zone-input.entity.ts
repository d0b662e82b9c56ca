import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { DateTime, LocalDate } from '../../platform/graphql/dates.ts';
import { Advice } from '../shared/movement-rules/advice.ts';
import { zoneLevels, type ZoneLevel } from './zone.entity.ts';

@InputType({ description: 'A rule as it shall be. Where it differs from what is in force, it becomes a new version.' })
export class MovementRuleInput {
  @Field(() => ID, { description: 'UUIDv7, made by the client. A known id changes that rule of this zone.' })
  id!: string;

  @Field(() => String, { description: 'In Vietnamese, as a reason that a person reads; at most 200 characters.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'The same in English, at most 200 characters.' })
  descriptionEnglish?: string | null;

  @Field(() => GraphQLJSONObject, {
    description:
      'JsonLogic that answers true where the rule is met, with the operators and names that MovementRule.logic lists; at most 200 parts, nested 6 deep.',
  })
  logic!: Record<string, unknown>;

  @Field(() => Advice, { description: 'What is advised where it is not met: EXAMINE or REFUSE.' })
  onFailure!: Advice;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when a change shall be in force, at most a year ahead; at once when absent or past.',
  })
  validFrom?: Date | null;
}

@InputType({ description: 'A zone as it shall be: all of it, each time. A rule that is left out ends.' })
export class ZoneInput {
  @Field(() => ID, { description: 'UUIDv7, made by the client. A known id changes that zone.' })
  id!: string;

  @Field(() => String, { description: 'Its name, at most 200 characters.' })
  name!: string;

  @Field(() => zoneLevels, { description: 'Its level.' })
  level!: ZoneLevel;

  @Field(() => [String], {
    description:
      'The units it holds, 1 to 200, within your jurisdiction: official codes as of today, or ids, which name a unit of any day (16438@2021).',
  })
  unitCodes!: string[];

  @Field(() => LocalDate, { description: 'Its first day in Viet Nam.' })
  startsOn!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Its last day; absent while no end is set.' })
  endsOn?: string | null;

  @Field(() => [MovementRuleInput], { description: 'For who comes to a place in it; at most 20.' })
  entryRules!: MovementRuleInput[];

  @Field(() => [MovementRuleInput], { description: 'For who comes from a place in it; at most 20.' })
  exitRules!: MovementRuleInput[];

  @Field(() => String, { nullable: true, description: 'The authority to ask, at most 200 characters.' })
  contactName?: string | null;

  @Field(() => String, { nullable: true, description: 'Its telephone number: 3 to 20 digits, blanks, dots or a plus.' })
  contactPhone?: string | null;
}
