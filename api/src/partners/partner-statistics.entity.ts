import { Field, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { Direction } from '../passages/passage.entity.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';

@ObjectType({
  description: 'How many passed in one district on one day in one direction, to the nearest five.',
  simpleResolvers: true,
})
export class PartnerStatisticsCell {
  @Field(() => LocalDate, { description: 'The day in Vietnam.' })
  day!: string;

  @Field(() => AdministrativeUnit, {
    description:
      'The district where the checkpoints stand; its province where it has no districts, as since July 2025.',
  })
  unit!: AdministrativeUnit;

  @Field(() => Direction, { description: 'Into the area or out of it.' })
  direction!: Direction;

  @Field(() => Int, {
    description:
      'Passages as corrected by then, rounded to 5 once; 0 may be up to 2. The same for every app, for good.',
  })
  passages!: number;
}

@ObjectType({
  description: 'Counts in fixed groups. No difference of two answers tells more than the cells themselves.',
  simpleResolvers: true,
})
export class PartnerStatistics {
  @Field(() => [PartnerStatisticsCell], {
    description: 'By day, unit and direction. Days that are not closed are absent.',
    complexity: ({ childComplexity }) => 1 + 500 * childComplexity,
  })
  cells!: PartnerStatisticsCell[];

  @Field(() => Int, { description: 'The sum of these cells, rounded as they are.' })
  total!: number;

  @Field(() => LocalDate, { description: 'The last day that is closed: one closes when the day after it is over.' })
  closedTo!: string;
}
