import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { CaseStatus, type CaseRow } from './case.row.ts';

export { CaseStatus };

registerEnumType(CaseStatus, {
  name: 'CaseStatus',
  description: 'How sure a case is.',
  valuesConfig: {
    SUSPECTED: { description: 'Suspected: not confirmed yet.' },
    CONFIRMED: { description: 'Confirmed by a test.' },
    RULED_OUT: { description: 'Found not to be one; a case is closed with it, never opened.' },
  },
});

/** A case as its reader sees it. Who it is, who opened it and whom it met are loaded when asked for. */
@ObjectType({
  description: 'A case (F0): a person, when they were infectious, and why they are traced. Only tracers see it.',
  simpleResolvers: true,
})
export class Case {
  readonly row: CaseRow;
  /** On a page of cases: a look at all of them is one entry. */
  readonly listed: boolean;

  constructor(row: CaseRow, listed = false) {
    this.row = row;
    this.listed = listed;
  }

  @Field(() => ID, { description: 'UUIDv7 made by the client that opened it.' })
  get id(): string {
    return this.row.id;
  }

  @Field(() => CaseStatus, { description: 'How sure it is.' })
  get status(): CaseStatus {
    return this.row.status;
  }

  @Field(() => LocalDate, { nullable: true, description: 'First day of symptoms.' })
  get onsetOn(): string | null {
    return this.row.onset_on;
  }

  @Field(() => LocalDate, { nullable: true, description: 'Day of the positive sample.' })
  get sampledOn(): string | null {
    return this.row.sampled_on;
  }

  @Field(() => LocalDate, { nullable: true, description: 'Day of the confirmation.' })
  get confirmedOn(): string | null {
    return this.row.confirmed_on;
  }

  @Field(() => DateTime, { nullable: true, description: 'Since when the person is isolated.' })
  get isolatedAt(): Date | null {
    return this.row.isolated_at;
  }

  @Field(() => String, { description: 'The rule set that was in force when it was opened, as VN-2021-07-14.' })
  get ruleSet(): string {
    return this.row.rule_set;
  }

  @Field(() => DateTime, { description: 'From when on the person could infect others.' })
  get infectiousFrom(): Date {
    return this.row.infectious_from;
  }

  @Field(() => DateTime, { description: 'Until when, not included.' })
  get infectiousUntil(): Date {
    return this.row.infectious_until;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why the period is another than the rule set says; null where it is as the rule set says.',
  })
  get overrideReason(): string | null {
    return this.row.override_reason;
  }

  @Field(() => DateTime, { description: 'When it was opened.' })
  get openedAt(): Date {
    return this.row.opened_at;
  }

  @Field(() => String, { description: 'Why it was opened.' })
  get justification(): string {
    return this.row.justification;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was closed; null while it is open.' })
  get closedAt(): Date | null {
    return this.row.closed_at;
  }

  @Field(() => String, { nullable: true, description: 'Why it was closed.' })
  get closeReason(): string | null {
    return this.row.close_reason;
  }
}
