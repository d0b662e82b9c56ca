import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/dates.ts';
import { Advice } from '../shared/movement-rules/advice.ts';
import { zoneLevels, type ZoneLevel } from './zone.entity.ts';

export const RuleAppliesTo = { EVERYWHERE: 'EVERYWHERE', ENTRY: 'ENTRY', EXIT: 'EXIT' } as const;
export type RuleAppliesTo = keyof typeof RuleAppliesTo;
registerEnumType(RuleAppliesTo, {
  name: 'RuleAppliesTo',
  description: 'To whom a rule applies.',
  valuesConfig: {
    EVERYWHERE: { description: 'To every journey in the country.' },
    ENTRY: { description: 'To who comes to a place in the zone.' },
    EXIT: { description: 'To who comes from a place in the zone.' },
  },
});

@ObjectType({ description: 'A zone as everybody may know it.', simpleResolvers: true })
export class PublicZone {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => zoneLevels, { description: 'Its level.' })
  level!: ZoneLevel;

  @Field(() => LocalDate, { description: 'Its first day.' })
  startsOn!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Its last day; null while no end is set.' })
  endsOn!: string | null;

  @Field(() => String, { nullable: true, description: 'The authority to ask.' })
  contactName!: string | null;

  @Field(() => String, { nullable: true, description: 'Its telephone number.' })
  contactPhone!: string | null;
}

@ObjectType({ description: 'A rule that a journey must meet.', simpleResolvers: true })
export class JourneyRule {
  @Field(() => ID, { description: 'The same for all versions of the rule.' })
  id!: string;

  @Field(() => Int, { description: 'The version in force then.' })
  version!: number;

  @Field(() => String, { description: "As a reason, in the reader's language." })
  description!: string;

  @Field(() => Advice, { description: 'What is advised where it is not met.' })
  onFailure!: Advice;

  @Field(() => RuleAppliesTo, { description: 'Why it applies to this journey.' })
  appliesTo!: RuleAppliesTo;

  @Field(() => GraphQLJSONObject, { description: 'JsonLogic, see MovementRule.logic: true where it is met.' })
  logic!: Record<string, unknown>;

  @Field(() => PublicZone, { nullable: true, description: 'The zone it is of; null for one that holds everywhere.' })
  zone!: PublicZone | null;
}

@ObjectType({
  description: 'What the rules in force say of a journey, before anything of a person is known.',
  simpleResolvers: true,
})
export class JourneyRules {
  @Field(() => Int, { description: '0 in no zone, 1 to 4 the highest level of the zones that hold the origin.' })
  originLevel!: number;

  @Field(() => Int, { description: 'The same of the destination.' })
  destinationLevel!: number;

  @Field(() => Int, { description: 'The same of the places visited, the highest.' })
  visitedLevel!: number;

  @Field(() => [PublicZone], { description: 'The zones that hold the destination or the origin then, highest first.' })
  zones!: PublicZone[];

  @Field(() => [JourneyRule], { description: 'The rules that the journey must meet, those in force everywhere first.' })
  rules!: JourneyRule[];
}
