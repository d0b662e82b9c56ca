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
