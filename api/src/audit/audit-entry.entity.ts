import { Field, ID, Int, ObjectType } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { connectionOf } from '../platform/graphql/connection.ts';
import { DateTime } from '../platform/graphql/dates.ts';
import type { AuditEntryRow } from './audit.queries.ts';

/** Who did it and where they stand are added by audit-entry-fields.resolver.ts. */
@ObjectType({
  description:
    'One look, change, sign-in or refusal. Nobody can change it unseen: blocks of entries are chained and signed.',
  simpleResolvers: true,
})
export class AuditEntry {
  readonly row: AuditEntryRow;

  constructor(row: AuditEntryRow) {
    this.row = row;
  }

  @Field(() => ID, { description: 'UUIDv7.' })
  get id(): string {
    return this.row.id;
  }

  @Field(() => DateTime, { description: 'When.' })
  get at(): Date {
    return this.row.at;
  }

  @Field(() => ID, { nullable: true, description: 'The account; null where nobody was signed in.' })
  get actorId(): string | null {
    return this.row.actor_id;
  }

  @Field(() => String, { nullable: true, description: 'The roles it was done in, joined by commas.' })
  get role(): string | null {
    return this.row.role;
  }

  @Field(() => String, {
    description: 'What, as noun.verb: declarations.scan, account.create, sign-in, access.refused.',
  })
  get action(): string {
    return this.row.action;
  }

  @Field(() => String, { nullable: true, description: 'What kind of thing the subjects are: declaration, account.' })
  get subjectKind(): string | null {
    return this.row.subject_kind;
  }

  @Field(() => String, { nullable: true, description: 'The id of the first subject; null without one.' })
  get subject(): string | null {
    return this.row.subject_ids[0] ?? null;
  }

  @Field(() => [ID], { description: 'All subjects: a scan shows companions too.' })
  get subjectIds(): string[] {
    return this.row.subject_ids;
  }

  @Field(() => ID, { nullable: true, description: 'The checkpoint where, or of which.' })
  get checkpointId(): string | null {
    return this.row.checkpoint_id;
  }

  @Field(() => String, { nullable: true, description: 'The reason that was given.' })
  get reason(): string | null {
    return this.row.reason;
  }

  @Field(() => String, { nullable: true, description: 'The address it came from, where that was kept.' })
  get ip(): string | null {
    return typeof this.row.detail['ip'] === 'string' ? this.row.detail['ip'] : null;
  }

  @Field(() => GraphQLJSONObject, { description: 'Counts, codes and names of fields; never a person’s number.' })
  get detail(): Record<string, unknown> {
    return this.row.detail;
  }

  @Field(() => String, { description: 'SHA-256 of the entry, in hex: its leaf in the tree of its block.' })
  get hash(): string {
    return this.row.leaf_hash.toString('hex');
  }

  @Field(() => Int, { nullable: true, description: 'The block that seals it; null for the first 30 to 40 seconds.' })
  get block(): number | null {
    return this.row.block;
  }
}

export const AuditConnection = connectionOf('Audit', () => AuditEntry);
export type AuditConnection = InstanceType<typeof AuditConnection>;
