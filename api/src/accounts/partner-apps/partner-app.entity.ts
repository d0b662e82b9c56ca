import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, LocalDate } from '../../platform/graphql/dates.ts';
import type { PartnerAppRow } from './partner-apps.queries.ts';

/** Its unit, use and errors are added by partner-app-fields.resolver.ts. */
@ObjectType({
  description: 'A health app of somebody else, which asks with a token of its own for a purpose that it stated.',
  simpleResolvers: true,
})
export class PartnerApp {
  readonly row: PartnerAppRow;

  constructor(row: PartnerAppRow) {
    this.row = row;
  }

  @Field(() => ID, { description: 'UUIDv7, made by the client that created it.' })
  get id(): string {
    return this.row.id;
  }

  @Field(() => String, { description: 'What people know it by; whom it looked at reads it on the receipt.' })
  get name(): string {
    return this.row.name;
  }

  @Field(() => String, { description: 'What it asks for, as stated; whom it looked at reads it on the receipt.' })
  get purpose(): string {
    return this.row.purpose;
  }

  @Field(() => String, { description: 'What it gives as user name at /oauth/token: the same as the id.' })
  get clientId(): string {
    return this.row.id;
  }

  @Field(() => [String], { description: 'What it may: declarations:read, declarations:write, statistics:read.' })
  get scopes(): string[] {
    return this.row.scopes;
  }

  @Field(() => Boolean, { description: 'Whether it may ask; false once it is revoked, for good.' })
  get active(): boolean {
    return this.row.revoked_at === null;
  }

  @Field(() => DateTime, { description: 'When it was created.' })
  get createdAt(): Date {
    return this.row.created_at;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked; null while it is active.' })
  get revokedAt(): Date | null {
    return this.row.revoked_at;
  }

  @Field(() => DateTime, { description: 'When its secret was made.' })
  get secretMadeAt(): Date {
    return this.row.secret_made_at;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when the secret before works beside it; null where there was none, in the past where it ended.',
  })
  get earlierSecretEndsAt(): Date | null {
    return this.row.earlier_ends_at;
  }

  @Field(() => Int, { description: 'How many requests a minute it may send.' })
  get requestsPerMinute(): number {
    return this.row.requests_per_minute;
  }

  @Field(() => Int, { description: 'What its operations of a minute may cost together; one costs 20,000 at the most.' })
  get costPerMinute(): number {
    return this.row.cost_per_minute;
  }
}

@ObjectType({ description: 'A partner app with its secret, which is shown once.', simpleResolvers: true })
export class IssuedPartnerApp {
  @Field(() => PartnerApp, { description: 'The app.' })
  app!: PartnerApp;

  @Field(() => String, {
    nullable: true,
    description: 'The secret, shown this once; null where the same app was sent again.',
  })
  clientSecret!: string | null;
}

@ObjectType({ description: 'What a partner app asked for on one day.', simpleResolvers: true })
export class PartnerAppUsage {
  @Field(() => LocalDate, { description: 'The day in Vietnam.' })
  day!: string;

  @Field(() => Int, { description: 'How many requests.' })
  requests!: number;

  @Field(() => Int, { description: 'How many answers told of an error, those of a spent budget included.' })
  errors!: number;

  @Field(() => Int, { description: 'What its operations cost together.' })
  cost!: number;
}

@ObjectType({
  description: 'An answer to a partner app that told of an error. Nothing of what was sent is kept.',
  simpleResolvers: true,
})
export class PartnerAppError {
  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'The code of the error: FORBIDDEN, RATE_LIMITED, BAD_USER_INPUT.' })
  code!: string;

  @Field(() => String, { description: 'The first root field of the operation; none where it could not be read.' })
  field!: string;
}
