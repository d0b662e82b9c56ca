import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import type { Role } from '../policy/viewer.ts';

export const RoleEnum = {
  ADMIN: 'ADMIN',
  OFFICER: 'OFFICER',
  TRACER: 'TRACER',
  ANALYST: 'ANALYST',
  AUDITOR: 'AUDITOR',
  PARTNER: 'PARTNER',
} as const satisfies Record<Role, Role>;
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What an account may do within its jurisdiction.',
  valuesConfig: {
    ADMIN: { description: 'Accounts, checkpoints and lists, masked.' },
    OFFICER: { description: 'Scans and records passages at the own checkpoints.' },
    TRACER: { description: 'Opens cases and follows contacts.' },
    ANALYST: { description: 'Counts, reports and lists, masked.' },
    AUDITOR: { description: 'Reads the audit trail and lists, masked.' },
    PARTNER: { description: 'No account has it: what a partner app acts in.' },
  },
});

/** Unit, checkpoints and last sign-in are added by account-fields.resolver.ts. */
@Entity({ tableName: 'account' })
@ObjectType({ description: 'Who may sign in: a person at a unit, with roles.', simpleResolvers: true })
export class Account {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'UUIDv7, made by the client that created it.' })
  id!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'The name to sign in with: officer.38.' })
  username!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: "The person's name." })
  fullName!: string;

  /** Written once at creation, never read with the account, and no field of the graph. */
  @Property({ type: 'text', lazy: true, hidden: true })
  passwordHash?: string;

  @Property({ type: 'boolean' })
  mustChangePassword!: boolean;

  @Property({ type: 'text[]' })
  @Field(() => [RoleEnum], { description: 'What the account may do.' })
  roles!: Role[];

  @Property({ type: 'text' })
  unitId!: string;

  @Property({ type: 'text' })
  provinceCode!: string;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether it may sign in.' })
  active!: boolean;

  @Property({ type: 'boolean' })
  demo!: boolean;

  @Property({ type: 'integer' })
  @Field(() => Int, {
    description: 'Goes up with each change. Sent along with a change, it refuses one made meanwhile by somebody else.',
  })
  version!: number;

  @Property({ type: 'timestamptz' })
  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Property({ type: 'uuid', nullable: true })
  createdBy!: string | null;
}
