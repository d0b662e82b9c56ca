import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';

@ObjectType({ description: 'What passed in one minute, as corrected.', simpleResolvers: true })
export class TrafficMinute {
  @Field(() => DateTime, { description: 'Its first moment.' })
  at!: Date;

  @Field(() => Int, { description: 'Passages in.' })
  in!: number;

  @Field(() => Int, { description: 'Passages out.' })
  out!: number;

  @Field(() => Int, { description: 'Of both, those that were refused.' })
  refused!: number;
}

@ObjectType({ description: 'The flow of the last minutes, and what to compare today with.', simpleResolvers: true })
export class TrafficFlow {
  @Field(() => DateTime, { description: 'For when it holds.' })
  at!: Date;

  @Field(() => [TrafficMinute], {
    description: 'Every minute asked for, the oldest first; the last one is not over yet.',
    complexity: ({ childComplexity }) => 1 + 60 * childComplexity,
  })
  minutes!: TrafficMinute[];

  @Field(() => Int, { description: 'Passages in of yesterday until this time of the day, as corrected.' })
  yesterdayIn!: number;

  @Field(() => Int, { description: 'Passages out of yesterday until this time of the day, as corrected.' })
  yesterdayOut!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'People whom the population database is still to be asked about; null over 10,000.',
  })
  verificationsPending!: number | null;
}
