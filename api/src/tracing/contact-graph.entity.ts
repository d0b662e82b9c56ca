import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { Case } from './case.entity.ts';
import { FollowUpStatus, type ContactRow } from './contact.row.ts';
import { ExposureKind, LinkReview, type ExposureRow } from './exposure.row.ts';
import { TraceStatus } from './trace.row.ts';

export { ExposureKind, FollowUpStatus, LinkReview };

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
registerEnumType(TraceStatus, {
  name: 'TraceStatus',
  description: 'How far a trace is.',
  valuesConfig: {
    READY: { description: 'What is shown is whole, by what is known.' },
    RUNNING: { description: 'It is being made: what is shown is from before. Ask again in a moment.' },
    AWAITING_APPROVAL: {
      description: 'It would reach more people than one tracer may ask for: another one approves it.',
    },
  },
});
registerEnumType(FollowUpStatus, {
  name: 'FollowUpStatus',
  description: 'What became of a contact.',
  valuesConfig: {
    NOT_CONTACTED: { description: 'Nobody has reached them yet.' },
    CONTACTED: { description: 'Reached.' },
    ISOLATING: { description: 'In isolation; every scan of them is stopped.' },
    TESTED_NEGATIVE: { description: 'Tested, negative.' },
    TESTED_POSITIVE: { description: 'Tested, positive: open a case on them.' },
    COMPLETED: { description: 'Isolation has ended.' },
    LOST: { description: 'Could not be found.' },
  },
});

@InputType({ description: 'How far and by what contacts are followed.' })
export class TraceInput {
  @Field(() => Int, { nullable: true, defaultValue: 2, description: 'F1 is 1; 1 to 4.' })
  generations?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 15, description: 'Minutes apart at a checkpoint, 1 to 60.' })
  windowMinutes?: number | null;

  @Field(() => [ExposureKind], { nullable: true, description: 'Only by these; all when absent.' })
  kinds?: ExposureKind[] | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 2000,
    description: 'How many nodes to answer, nearest first; 1 to 10,000.',
  })
  maxNodes?: number | null;
}

/** A contact as a task. */
@ObjectType({ description: 'A contact as a task of the commune where they stay.', simpleResolvers: true })
export class FollowUp {
  readonly row: ContactRow;
  readonly at: Date;
  /** On a page: a look at all of them is one entry. */
  readonly listed: boolean;

  constructor(row: ContactRow, at: Date, listed = false) {
    this.row = row;
    this.at = at;
    this.listed = listed;
  }

  @Field(() => ID, { description: 'The case whose contact it is; also where `case` is null.' })
  get caseId(): string {
    return this.row.case_id;
  }

  @Field(() => Int, { description: '1: met the case itself (F1); 2: met an F1; and so on.' })
  get generation(): number {
    return this.row.generation;
  }

  @Field(() => FollowUpStatus, { description: 'What became of it.' })
  get status(): FollowUpStatus {
    return this.row.status;
  }

  @Field(() => LocalDate, { description: 'Last day of isolation, by the rule set of the case.' })
  get until(): string {
    return this.row.until;
  }

  @Field(() => Boolean, {
    description: 'Not reached within 24 hours of being found, or not settled though the isolation has ended.',
  })
  get overdue(): boolean {
    return isOverdue(this.row, this.at);
  }

  @Field(() => DateTime, { description: 'When they were first exposed.' })
  get firstExposedAt(): Date {
    return this.row.first_exposed_at;
  }

  @Field(() => DateTime, { nullable: true, description: 'Since when they are isolated.' })
  get isolatedAt(): Date | null {
    return this.row.isolated_at;
  }

  @Field(() => String, { nullable: true, description: 'What the commune noted.' })
  get notes(): string | null {
    return this.row.notes;
  }

  @Field(() => DateTime, { description: 'When a trace found them.' })
  get foundAt(): Date {
    return this.row.found_at;
  }

  @Field(() => DateTime, { description: 'When it was changed last.' })
  get updatedAt(): Date {
    return this.row.updated_at;
  }
}

const dayMs = 86_400_000;
const open: readonly FollowUpStatus[] = ['NOT_CONTACTED', 'CONTACTED', 'ISOLATING'];

function isOverdue({ status, until, found_at }: ContactRow, at: Date): boolean {
  if (!open.includes(status)) return false;
  return until < vietnamDate(at) || (status === 'NOT_CONTACTED' && at.getTime() - found_at.getTime() > dayMs);
}

@ObjectType({ description: 'Somebody whom the case, or a contact of it, met.', simpleResolvers: true })
export class ContactNode {
  readonly row: ContactRow;
  readonly #at: Date;

  constructor(row: ContactRow, at: Date) {
    this.row = row;
    this.#at = at;
  }

  @Field(() => Int, { description: 'The least number of links from the case: 1 is F1.' })
  get generation(): number {
    return this.row.generation;
  }

  @Field(() => DateTime, { nullable: true, description: 'When they were first exposed.' })
  get firstExposedAt(): Date | null {
    return this.row.first_exposed_at;
  }

  @Field(() => DateTime, { nullable: true, description: 'When they were last exposed.' })
  get lastExposedAt(): Date | null {
    return this.row.last_exposed_at;
  }

  @Field(() => Int, { description: 'How many links lead to them; 0: all were dismissed.' })
  get exposures(): number {
    return this.row.exposures;
  }

  @Field(() => FollowUp, { nullable: true, description: 'The task; null where every link to them was dismissed.' })
  get followUp(): FollowUp | null {
    const isTask = this.row.linked || this.row.status !== 'NOT_CONTACTED';
    return isTask ? new FollowUp(this.row, this.#at) : null;
  }
}

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

@ObjectType({ description: 'Contacts beyond what you may see: how many, and whom to call.', simpleResolvers: true })
export class HiddenContacts {
  @Field(() => AdministrativeUnit, { description: 'The province to call.' })
  province!: AdministrativeUnit;

  @Field(() => Int, { description: 'Of which generation.' })
  generation!: number;

  @Field(() => Int, { description: 'How many people.' })
  count!: number;
}

@ObjectType({
  description: 'An address that more than 15 people share: a place to look at, which links nobody.',
  simpleResolvers: true,
})
export class SharedPlace {
  @Field(() => AdministrativeUnit, { description: 'Its commune.' })
  unit!: AdministrativeUnit;

  @Field(() => Int, { description: 'How many people, as far as was looked.' })
  people!: number;
}

@ObjectType({ description: 'Whom a case met, whom these met, and by what.', simpleResolvers: true })
export class ContactGraph {
  @Field(() => Case, { description: 'The case (F0).' })
  case!: Case;

  @Field(() => TraceStatus, { description: 'How far the trace is.' })
  status!: TraceStatus;

  @Field(() => Int, { description: 'While it is RUNNING: how many people were found so far; else how many there are.' })
  people!: number;

  @Field(() => Int, { description: 'While it is RUNNING: how many generations are done.' })
  reachedGeneration!: number;

  @Field(() => [ContactNode], { description: 'The contacts that you may see, nearest first; the case itself is none.' })
  nodes!: ContactNode[];

  @Field(() => [ContactEdge], { description: 'The links between the case and the nodes.' })
  edges!: ContactEdge[];

  @Field(() => [HiddenContacts], {
    description:
      'Beyond what you may see: how many of which generation, and whom to call. Of the whole trace, whatever kinds or window are asked for.',
  })
  hidden!: HiddenContacts[];

  @Field(() => [SharedPlace], { description: 'Addresses of more than 15 people, at which somebody in the trace was.' })
  places!: SharedPlace[];

  @Field(() => Boolean, { description: 'Whether there are more nodes or links than were answered.' })
  truncated!: boolean;

  @Field(() => Int, { description: 'How many nodes there are, hidden ones not counted.' })
  totalNodes!: number;

  @Field(() => Int, { description: 'How many links there are, hidden ones not counted.' })
  totalEdges!: number;

  @Field(() => Float, { description: 'How long the trace took.' })
  tookMs!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was traced; null before the first trace is done.' })
  tracedAt!: Date | null;
}
