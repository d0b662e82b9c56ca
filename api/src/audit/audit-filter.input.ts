import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';

@InputType({ description: 'Which entries of the audit trail; all of the jurisdiction when empty.' })
export class AuditFilter {
  @Field(() => DateTime, { nullable: true, description: 'From then on.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before then.' })
  to?: Date | null;

  @Field(() => ID, { nullable: true, description: 'What this account did.' })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only this action: access.refused.' })
  action?: string | null;

  @Field(() => ID, { nullable: true, description: 'What had this subject: the id of a declaration or an account.' })
  subject?: string | null;
}
