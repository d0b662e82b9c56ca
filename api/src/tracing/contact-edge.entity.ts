import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { ExposureKind, LinkReview, type ExposureRow } from './exposure.row.ts';

export { ExposureKind, LinkReview };

registerEnumType(ExposureKind, {
  name: 'ExposureKind',
  description: 'By what two people met.',
  valuesConfig: {
    SAME_VEHICLE: {
      description: 'The same plate at a checkpoint within the minutes of the window, or declared to travel together.',
    },
    SAME_CHECKPOINT: {
      description: 'Passed the same checkpoint in the same direction within the minutes of the window.',
    },
    SAME_HOUSEHOLD: { description: 'Live or stayed at the same address, both at the same time; at most 15 people.' },
    DECLARED: { description: 'One of them named the other; a tracer entered it.' },
  },
});
registerEnumType(LinkReview, {
  name: 'LinkReview',
  description: 'What a tracer decided on a link.',
  valuesConfig: {
    NONE: { description: 'Nothing yet, or it was taken back.' },
    CONFIRMED: { description: 'They did meet.' },
    DISMISSED: { description: 'They did not: it leads to nobody, in every trace of the case.' },
  },
});

@ObjectType({ description: 'A link: two people met, with the evidence.', simpleResolvers: true })
export class ContactEdge {
  readonly row: ExposureRow;

  constructor(row: ExposureRow) {
    this.row = row;
  }

  @Field(() => ID, { description: 'The citizen who could pass it on: the case, or a contact.' })
  get source(): string {
    return this.row.source_id;
  }

  @Field(() => ID, { description: 'The citizen who was exposed.' })
  get target(): string {
    return this.row.target_id;
  }

  @Field(() => ExposureKind, { description: 'By what they met.' })
  get kind(): ExposureKind {
    return this.row.kind;
  }

  @Field(() => DateTime, { description: 'When the later of the two was there.' })
  get at(): Date {
    return this.row.at;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'How far apart the two passages or departures were; null at an address.',
  })
  get minutesApart(): number | null {
    return this.row.minutes_apart;
  }

  @Field(() => String, { nullable: true, description: 'The plate, where they were in the same vehicle.' })
  get plate(): string | null {
    return this.row.plate;
  }

  @Field(() => LinkReview, { description: 'What a tracer decided on it.' })
  get review(): LinkReview {
    return this.row.review;
  }
}
