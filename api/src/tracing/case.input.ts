import { Field, ID, InputType } from 'type-graphql';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { reasonText } from '../platform/graphql/read-reason.ts';
import { CaseStatus } from './case.row.ts';

@InputType({ description: 'A case as it is opened.' })
export class OpenCaseInput {
  @Field(() => ID, { description: 'UUIDv7 made by the client: sent again, the case is opened once.' })
  id!: string;

  @Field(() => ID, { description: 'The person, as a search or a contact shows them.' })
  citizenId!: string;

  @Field(() => CaseStatus, { description: 'SUSPECTED or CONFIRMED.' })
  status!: CaseStatus;

  @Field(() => String, { description: reasonText })
  justification!: string;

  @Field(() => LocalDate, { nullable: true, description: 'First day of symptoms; absent where there are none.' })
  onsetOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Day of the positive sample.' })
  sampledOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Day of the confirmation.' })
  confirmedOn?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when the person is isolated: nobody is exposed after it.',
  })
  isolatedAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Overrides what the rule set says.' })
  infectiousFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Overrides what the rule set says; at most 60 days after the beginning.',
  })
  infectiousUntil?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the period is another than the rule set says: 5 to 500 characters; absent: the justification.',
  })
  overrideReason?: string | null;
}

@InputType({ description: 'What is known better of an open case. What is absent stays; null takes it away.' })
export class UpdateCaseInput {
  @Field(() => ID, { description: 'The case.' })
  id!: string;

  @Field(() => String, { description: reasonText })
  reason!: string;

  @Field(() => CaseStatus, {
    nullable: true,
    description: 'SUSPECTED or CONFIRMED; a case that is ruled out is closed.',
  })
  status?: CaseStatus | null;

  @Field(() => LocalDate, { nullable: true, description: 'First day of symptoms.' })
  onsetOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Day of the positive sample.' })
  sampledOn?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Day of the confirmation.' })
  confirmedOn?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when the person is isolated.' })
  isolatedAt?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Overrides what the rule set says. Both ends null: by the rule set again, which follows the days.',
  })
  infectiousFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Overrides what the rule set says; at most 60 days after the beginning.',
  })
  infectiousUntil?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the period is another than the rule set says: 5 to 500 characters; absent: the reason.',
  })
  overrideReason?: string | null;
}
