import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, LocalDate } from '../../platform/graphql/dates.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import { Declaration } from '../../declarations/declaration.entity.ts';
import { ArrivalList, type ArrivalRow } from './arrival.row.ts';

registerEnumType(ArrivalList, {
  name: 'ArrivalList',
  description: 'Which arrivals a list holds.',
  valuesConfig: {
    COMING: { description: 'Declared to come, by a declaration that holds now, and neither passed nor reported in.' },
    INSIDE: {
      description: 'Passed into the area on the declaration, or reported in, and did not pass on anything since.',
    },
    NOT_REPORTED: { description: 'Of those inside: who has not reported in.' },
    OVERSTAYING: { description: 'Of those inside: whose declared last day has passed.' },
    LEFT: { description: 'Came, and passed out or to another place since.' },
  },
});

/** A declaration as its destination waits for it, and what came of it. */
@ObjectType({
  description: 'A person who comes, or has come, to the destination of a declaration. Masked.',
  simpleResolvers: true,
})
export class Arrival {
  readonly row: ArrivalRow;
  readonly #at: Date;

  /** What was declared. */
  @Field(() => Declaration, { description: 'What was declared, masked.' })
  readonly declaration: Declaration;

  constructor(row: ArrivalRow, declaration: Declaration, at: Date) {
    this.row = row;
    this.declaration = declaration;
    this.#at = at;
  }

  @Field(() => ID, { description: 'That of its declaration.' })
  get id(): string {
    return this.row.id;
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the person first passed in on this declaration, at whatever checkpoint; null where none recorded it.',
  })
  get cameAt(): Date | null {
    return this.row.came_at;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the person passed out, or to another place, since; null while inside.',
  })
  get leftAt(): Date | null {
    return this.row.left_at;
  }

  @Field(() => LocalDate, {
    nullable: true,
    description: 'The last day of the stay, as declared; null where not said.',
  })
  get staysUntil(): string | null {
    return this.row.stays_until;
  }

  @Field(() => Boolean, { description: 'Whether the person is inside after the declared last day.' })
  get overstays(): boolean {
    const { came_at, reported_at, left_at, stays_until } = this.row;
    return (
      (came_at ?? reported_at) !== null &&
      left_at === null &&
      stays_until !== null &&
      stays_until < vietnamDate(this.#at)
    );
  }

  @Field(() => DateTime, { nullable: true, description: 'When the destination entered that the person reported in.' })
  get reportedAt(): Date | null {
    return this.row.reported_at;
  }
}
