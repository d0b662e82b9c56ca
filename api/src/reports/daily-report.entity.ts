import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { MovementRow } from './movement-report.entity.ts';

@ObjectType({ description: 'What a daily report says of cases and contacts: counts of people.', simpleResolvers: true })
export class CaseCounts {
  @Field(() => Int, { description: 'Cases opened on that day. Listed by `cases` with openedOn.' })
  newCases!: number;

  @Field(() => Int, { description: 'Contacts found by traces on that day. Listed by `followUps` with foundOn.' })
  contactsTraced!: number;

  @Field(() => Int, { description: 'Of those, reached within 24 hours of being found. Listed with reachedInTime too.' })
  reachedWithin24h!: number;

  @Field(() => Int, {
    description:
      'Contacts in isolation who began it by the end of that day. Listed by `followUps` with status ISOLATING and asOf.',
  })
  isolating!: number;

  @Field(() => Int, {
    description: 'Contacts who were lost by the end of that day. Listed by `followUps` with status LOST and asOf.',
  })
  lost!: number;
}

@ObjectType({ description: 'What of a day waits for somebody, beside the passages themselves.', simpleResolvers: true })
export class DailyCounts {
  @Field(() => Int, {
    description:
      'Passages of the day on paper forms that are keyed in. Listed by `movement.list` with channel PAPER and awaitsForm false.',
  })
  paperEntered!: number;

  @Field(() => Int, {
    description:
      'Passages of the day on paper forms that are not; 10,000 at most. Listed by `movement.list` with awaitsForm true.',
  })
  paperOutstanding!: number;

  @Field(() => Int, {
    description:
      'People who passed last on that day and of whom the population database has answered nothing yet; 10,000 at most. Listed by `movement.list` with unverified true.',
  })
  verificationsPending!: number;

  @Field(() => Int, {
    description:
      'People who passed on that day and whom the population database knows otherwise or not at all, in each province by themselves. Listed by `mismatches` with passedOn and state ANY.',
  })
  mismatches!: number;

  @Field(() => Int, {
    description:
      'Of those, whom nobody has corrected or accepted yet. Listed by `mismatches` with passedOn and state WAITING.',
  })
  mismatchesWaiting!: number;

  @Field(() => CaseCounts, { description: 'Cases, and what became of their contacts.' })
  cases!: CaseCounts;
}

const cells = (most: number) => ({
  complexity: ({ childComplexity }: { childComplexity: number }) => 1 + most * childComplexity,
});

@ObjectType({
  description:
    'The report of a unit on a day. Made in the morning after it, and kept as it was; before that, or where none was made, counted now.',
  simpleResolvers: true,
})
export class DailyReport extends DailyCounts {
  @Field(() => AdministrativeUnit, { description: 'Of which unit, with all below it.' })
  unit!: AdministrativeUnit;

  @Field(() => LocalDate, { description: 'The day in Viet Nam.' })
  date!: string;

  @Field(() => DateTime, { description: 'When it was made; of one that is not kept, now.' })
  generatedAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the one that was made and kept. False: counted now.' })
  final!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When passages that came late, or corrections, last changed the day since it was made, where its figures by checkpoint are others now. Null: they are what it says. Ask with `kept: false` for the day as it stands.',
  })
  changedAt!: Date | null;

  @Field(() => MovementRow, { description: 'All passages of the day.' })
  movement!: MovementRow;

  @Field(() => MovementRow, { description: 'All passages of the day before, to compare with.' })
  previousDay!: MovementRow;

  @Field(() => DailyCounts, {
    description:
      'The same of the day before: as its own report kept it, or, where none was made, counted when this one was.',
  })
  previousCounts!: DailyCounts;

  @Field(() => [MovementRow], {
    ...cells(24),
    description: 'By the hour, in order; hours in which nobody passed are absent.',
  })
  byHour!: MovementRow[];

  @Field(() => [MovementRow], { ...cells(60), description: 'By checkpoint, by name; where nobody passed is absent.' })
  byCheckpoint!: MovementRow[];

  @Field(() => [MovementRow], {
    ...cells(60),
    description: 'By the province that people came from, most passages first.',
  })
  byOrigin!: MovementRow[];

  @Field(() => [MovementRow], {
    ...cells(60),
    description: 'By the province that people went to, most passages first.',
  })
  byDestination!: MovementRow[];
}
