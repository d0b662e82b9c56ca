import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DAY_MS } from '../platform/shared/instant.ts';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { FollowUpStatus, type ContactRow } from './contact.row.ts';

export { FollowUpStatus };

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

const open: readonly FollowUpStatus[] = ['NOT_CONTACTED', 'CONTACTED', 'ISOLATING'];

function isOverdue({ status, until, found_at }: ContactRow, at: Date): boolean {
  if (!open.includes(status)) return false;
  return until < vietnamDate(at) || (status === 'NOT_CONTACTED' && at.getTime() - found_at.getTime() > DAY_MS);
}
