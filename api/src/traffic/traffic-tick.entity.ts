import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { Advice } from '../territory/shared/movement-rules/advice.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { Decision, Direction } from '../passages/passage.entity.ts';
import { TrafficAlert } from './traffic-alert.entity.ts';

/** What is counted of a checkpoint, and of all checkpoints of a scope together. */
@ObjectType({ simpleResolvers: true })
abstract class TrafficCounts {
  @Field(() => Int, { description: 'Passages in that reached the server in these `seconds`.' })
  in!: number;

  @Field(() => Int, { description: 'Passages out that reached the server in these `seconds`.' })
  out!: number;

  @Field(() => Int, { description: 'Of both, those that were refused.' })
  refused!: number;

  @Field(() => Int, { description: 'Of both, those that stand out by a flag.' })
  flagged!: number;

  @Field(() => Int, { description: 'Passages in since midnight in Viet Nam, as corrected.' })
  todayIn!: number;

  @Field(() => Int, { description: 'Passages out since midnight in Viet Nam, as corrected.' })
  todayOut!: number;

  @Field(() => Int, { description: 'Of both, those that were refused, as corrected.' })
  todayRefused!: number;

  @Field(() => Int, { description: 'Of both, those that stand out by a flag, as corrected.' })
  todayFlagged!: number;

  @Field(() => Int, { description: 'Passages of the last 60 minutes, both ways, as corrected.' })
  lastHour!: number;
}

@ObjectType({ description: 'What passes at one checkpoint.', simpleResolvers: true })
export class CheckpointTraffic extends TrafficCounts {
  @Field(() => Checkpoint, { description: 'Where.' })
  checkpoint!: Checkpoint;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When somebody passed last, of today and the last three hours; null where nobody did.',
  })
  lastPassageAt!: Date | null;
}

@ObjectType({ description: 'What passes at all checkpoints of the scope together.', simpleResolvers: true })
export class TrafficTotal extends TrafficCounts {
  @Field(() => Int, { description: 'How often somebody on the watch list was stopped since midnight.' })
  todayWatchListHits!: number;
}

@ObjectType({ description: 'A passage as the wall screen shows it: nothing of the person.', simpleResolvers: true })
export class TrafficPassage {
  @Field(() => ID, { description: 'UUIDv7 of the passage.' })
  id!: string;

  @Field(() => Checkpoint, { description: 'Where.' })
  checkpoint!: Checkpoint;

  @Field(() => Direction, { description: 'Which way.' })
  direction!: Direction;

  @Field(() => Decision, { description: 'What the officer decided.' })
  decision!: Decision;

  @Field(() => Advice, { nullable: true, description: 'What was advised; null without a declaration.' })
  advice!: Advice | null;

  @Field(() => Boolean, { description: 'Whether it stands out by a flag.' })
  flagged!: boolean;

  @Field(() => DateTime, { description: 'When the person passed.' })
  occurredAt!: Date;
}

@ObjectType({
  description:
    'The flow at the checkpoints of a scope. All numbers of today and of the last hour are whole, never a difference: of two ticks the one with the later `at` holds.',
  simpleResolvers: true,
})
export class TrafficTick {
  @Field(() => DateTime, { description: 'For when the numbers hold.' })
  at!: Date;

  @Field(() => Int, {
    description:
      'For how many seconds in, out, refused and flagged count: since the tick before; of a whole one, since midnight.',
  })
  seconds!: number;

  @Field(() => Boolean, {
    description:
      'True: `checkpoints` holds every checkpoint of the scope. False: those where something changed since the tick before.',
  })
  whole!: boolean;

  @Field(() => TrafficTotal, { description: 'All checkpoints of the scope together.' })
  total!: TrafficTotal;

  // As many as a province has; the whole country had 1,891.
  @Field(() => [CheckpointTraffic], {
    description: 'By checkpoint, in the order of province and code.',
    complexity: ({ childComplexity }) => 1 + 100 * childComplexity,
  })
  checkpoints!: CheckpointTraffic[];

  @Field(() => [TrafficPassage], {
    description: 'The latest passages, newest first, at most 20: of this tick, or of all where it is whole.',
    complexity: ({ childComplexity }) => 1 + 20 * childComplexity,
  })
  recent!: TrafficPassage[];

  @Field(() => Int, {
    description: 'Passages of this tick beyond those in `recent`: the same for every reader. 0 in a whole one.',
  })
  dropped!: number;

  @Field(() => [TrafficAlert], { description: 'What needs attention now, newest first; all there is, in every tick.' })
  alerts!: TrafficAlert[];

  @Field(() => Boolean, {
    description:
      'True while parts of the system do not reach each other: the numbers are right, but some seconds late.',
  })
  degraded!: boolean;
}
