import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, LocalDate } from '../../platform/graphql/dates.ts';
import { Advice } from '../shared/movement-rules/advice.ts';
import { AdministrativeUnit } from '../unit.entity.ts';

registerEnumType(Advice, {
  name: 'Advice',
  description: 'What the rules advise the officer, who decides.',
  valuesConfig: {
    ADMIT: { description: 'Nothing stands against passing.' },
    EXAMINE: { description: 'Look closer before deciding.' },
    REFUSE: { description: 'The rules speak against passing.' },
  },
});

export const zoneLevels = { LEVEL_1: 'LEVEL_1', LEVEL_2: 'LEVEL_2', LEVEL_3: 'LEVEL_3', LEVEL_4: 'LEVEL_4' } as const;
export type ZoneLevel = keyof typeof zoneLevels;
registerEnumType(zoneLevels, {
  name: 'ZoneLevel',
  description: 'The level of an epidemic zone, as in Resolution 128/NQ-CP.',
  valuesConfig: {
    LEVEL_1: { description: 'Low risk: new normal.' },
    LEVEL_2: { description: 'Medium risk.' },
    LEVEL_3: { description: 'High risk.' },
    LEVEL_4: { description: 'Very high risk.' },
  },
});

const inOrder: readonly ZoneLevel[] = ['LEVEL_1', 'LEVEL_2', 'LEVEL_3', 'LEVEL_4'];
export const numberOf = (level: ZoneLevel): number => inOrder.indexOf(level) + 1;
export const zoneLevelOf = (number: number): ZoneLevel | null => inOrder[number - 1] ?? null;

@ObjectType({
  description: 'One version of a rule on movement: data in JsonLogic, evaluated alike on the server and on a device.',
  simpleResolvers: true,
})
export class MovementRule {
  @Field(() => ID, { description: 'The same for all its versions.' })
  id!: string;

  @Field(() => Int, { description: 'Goes up with each change: reasons name rule and version.' })
  version!: number;

  @Field(() => String, {
    description: 'In Vietnamese, as what is needed, met or not: Cần: xét nghiệm âm tính trong 72 giờ.',
  })
  description!: string;

  @Field(() => String, { nullable: true, description: 'The same in English; null where there is none.' })
  descriptionEnglish!: string | null;

  @Field(() => GraphQLJSONObject, {
    description:
      'JsonLogic that answers true where the rule is met. Operators: and, or, !, !!, ==, ===, !=, !==, <, <=, >, >=, in, var. Names: symptoms, contactWithCase, contactWithSymptomatic, contactFromAffectedArea, visitedEpidemicArea, testNegative, testAgeHours, vaccineDoses, age, originLevel, destinationLevel, visitedLevel (0 to 4), purpose, vehicle, direction, nationality. What is not known (null) is equal to null alone, and neither less nor more than anything.',
  })
  logic!: Record<string, unknown>;

  @Field(() => Advice, { description: 'What is advised where it is not met: EXAMINE or REFUSE.' })
  onFailure!: Advice;

  @Field(() => DateTime, { description: 'From when this version is in force.' })
  validFrom!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Until when; null while no end is set.' })
  endedAt!: Date | null;
}

// From memory, and a handful in practice: the cost is that of what is usual.
const handful = ({ childComplexity }: { childComplexity: number }) => 1 + 5 * childComplexity;

@ObjectType({
  description:
    'An area under measures against an epidemic. Where zones overlap, the highest level counts and all rules hold.',
  simpleResolvers: true,
})
export class EpidemicZone {
  @Field(() => ID, { description: 'UUIDv7, made by the client that created it.' })
  id!: string;

  @Field(() => String, { description: 'Its name: Vùng cách ly phường Tân Phong.' })
  name!: string;

  @Field(() => zoneLevels, { description: 'Its level.' })
  level!: ZoneLevel;

  @Field(() => [AdministrativeUnit], {
    complexity: handful,
    description: 'The units it holds, each with all below it.',
  })
  units!: AdministrativeUnit[];

  @Field(() => LocalDate, { description: 'Its first day.' })
  startsOn!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Its last day; null while no end is set.' })
  endsOn!: string | null;

  @Field(() => [MovementRule], { complexity: handful, description: 'What who comes to a place in it must meet.' })
  entryRules!: MovementRule[];

  @Field(() => [MovementRule], { complexity: handful, description: 'What who comes from a place in it must meet.' })
  exitRules!: MovementRule[];

  @Field(() => [MovementRule], {
    complexity: handful,
    description: 'The versions of entry rules that ended or will, newest first: what was asked for until when.',
  })
  endedEntryRules!: MovementRule[];

  @Field(() => [MovementRule], { complexity: handful, description: 'The same of exit rules.' })
  endedExitRules!: MovementRule[];

  @Field(() => String, { nullable: true, description: 'The authority to ask: Trung tâm Y tế huyện Quảng Xương.' })
  contactName!: string | null;

  @Field(() => String, { nullable: true, description: 'Its telephone number, as people dial it.' })
  contactPhone!: string | null;

  @Field(() => Boolean, { description: 'Whether you may change it: all its units lie within your jurisdiction.' })
  mayChange!: boolean;
}
