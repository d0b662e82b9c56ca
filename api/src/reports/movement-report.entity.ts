import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Channel, TravelPurpose } from '../declarations/shared/declaration-draft.ts';
import { Decision, Direction } from '../passages/passage.entity.ts';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { ReportGroup } from './report-group.ts';

registerEnumType(ReportGroup, {
  name: 'ReportGroup',
  description:
    'By what passages are counted. At most one of ORIGIN, DESTINATION and PURPOSE, and that neither with HOUR nor with CHANNEL.',
  valuesConfig: {
    HOUR: { description: 'The hour; its moment of beginning, RFC 3339 in UTC.' },
    DAY: { description: 'The day in Viet Nam.' },
    CHECKPOINT: { description: 'The checkpoint; its id.' },
    UNIT: {
      description:
        'The unit right below the one that is asked for, as it was on the day: a district of a province, a province of the country. The id of the unit.',
    },
    ORIGIN: { description: 'The province that people came from; its code, empty where nobody said.' },
    DESTINATION: { description: 'The province that people went to; its code, empty where nobody said.' },
    PURPOSE: { description: 'Why they travelled; a TravelPurpose, empty where nobody said.' },
    CHANNEL: { description: 'How their declaration came; a Channel.' },
    DECISION: { description: 'What the officer decided; a Decision.' },
  },
});

@ObjectType({
  description: 'Which passages a row counts: what `passages(filter:)` takes to list them.',
  simpleResolvers: true,
})
export class CountedPassages {
  @Field(() => DateTime, { description: 'Passed at or after.' })
  from!: Date;

  @Field(() => DateTime, { description: 'Passed before.' })
  to!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'At checkpoints in this unit and those below: its id. Null: any.',
  })
  unitCode!: string | null;

  @Field(() => [ID], { nullable: true, complexity: 1, description: 'At these checkpoints. Null: any.' })
  checkpointIds!: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'From this province: its code, or empty: nobody said. Null: any.',
  })
  originProvince!: string | null;

  @Field(() => String, { nullable: true, description: 'To this province: its code, or empty: nobody said. Null: any.' })
  destinationProvince!: string | null;

  @Field(() => TravelPurpose, { nullable: true, description: 'For this purpose. Null: any.' })
  purpose!: TravelPurpose | null;

  @Field(() => Channel, { nullable: true, description: 'Declared this way. Null: any.' })
  channel!: Channel | null;

  @Field(() => Direction, { nullable: true, description: 'This way. Null: both.' })
  direction!: Direction | null;

  @Field(() => Decision, { nullable: true, description: 'Decided so. Null: any.' })
  decision!: Decision | null;
}

@ObjectType({
  description: 'Passages as corrected, counted: VOIDs and what was corrected count nowhere.',
  simpleResolvers: true,
})
export class MovementRow {
  @Field(() => [String], {
    complexity: 1,
    description: 'What it counts, one key for each group of `groupBy` and in its order; none for a total.',
  })
  group!: string[];

  @Field(() => [String], {
    complexity: 1,
    description: 'The same as people know it: names of checkpoints and units; else as in `group`.',
  })
  names!: string[];

  @Field(() => Int, { description: 'Into the area, whatever was decided. Listed by `list` with direction IN.' })
  in!: number;

  @Field(() => Int, { description: 'Out of the area, whatever was decided. Listed by `list` with direction OUT.' })
  out!: number;

  @Field(() => Int, { description: 'Let pass. Listed by `list` with decision ADMITTED.' })
  admitted!: number;

  @Field(() => Int, { description: 'Turned back. Listed by `list` with decision REFUSED.' })
  refused!: number;

  @Field(() => Int, { description: 'Kept back for isolation. Listed by `list` with decision ISOLATED.' })
  isolated!: number;

  @Field(() => Int, { description: 'On a paper form. Listed by `list` with channel PAPER.' })
  paper!: number;

  @Field(() => Int, { description: 'Recorded without network. Listed by `list` with recordedOffline true.' })
  offline!: number;

  @Field(() => Int, { description: 'With something that stands out. Listed by `list` with flagged true.' })
  flagged!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Different people, exactly, those merged as one and those whose paper form is not keyed in as none; up to a minute old. Somebody who passed in two provinces counts in each. Null for more than one day, for a choice of checkpoints, with a filter, and for other groups than DAY, CHECKPOINT and UNIT. Listed by `list` with lastOfPerson true.',
  })
  people!: number | null;

  @Field(() => CountedPassages, { description: 'The passages behind it.' })
  list!: CountedPassages;
}

@ObjectType({ description: 'Passages counted over a period, by groups.', simpleResolvers: true })
export class MovementReport {
  @Field(() => LocalDate, { description: 'The first day.' })
  from!: string;

  @Field(() => LocalDate, { description: 'The last day.' })
  to!: string;

  @Field(() => [MovementRow], {
    description:
      'One row for each group in which somebody passed, days and hours in their order and the others by name; 10,000 at most.',
    complexity: ({ childComplexity }) => 1 + 300 * childComplexity,
  })
  rows!: MovementRow[];

  @Field(() => MovementRow, { description: 'All of it.' })
  total!: MovementRow;

  @Field(() => DateTime, {
    description:
      'When it was read. What was recorded in the last seconds may be missing, of origins, destinations and purposes what was recorded in the last minute.',
  })
  generatedAt!: Date;
}
