import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { RegistryFailure } from './registry-port.ts';
import { MismatchResolutionKind, RegistryStatus, type VerificationRow } from './verification.row.ts';

registerEnumType(RegistryStatus, {
  name: 'RegistryStatus',
  description: 'What the national population database says of a person.',
  valuesConfig: {
    PENDING: { description: 'It did not answer yet, or was not asked.' },
    MATCHED: { description: 'It has the person as they are known here.' },
    MISMATCHED: { description: 'It has the person, and some fields differ.' },
    NOT_FOUND: { description: 'It has nobody with this number, name and birth date together.' },
    UNAVAILABLE: { description: 'It was asked and gave no answer; `failure` says why.' },
  },
});
registerEnumType(RegistryFailure, {
  name: 'RegistryFailure',
  description: 'Why the population database gave no answer.',
  valuesConfig: {
    NOT_AUTHORISED: { description: 'It does not let this system ask: people must act.' },
    TIMEOUT: { description: 'It did not answer in time.' },
    FAULT: { description: 'It answered with an error, or with what cannot be read.' },
  },
});
registerEnumType(MismatchResolutionKind, {
  name: 'MismatchResolutionKind',
  description: 'How a verdict was settled.',
  valuesConfig: {
    CORRECTED: { description: 'What is known here was wrong and is corrected; a new check follows.' },
    ACCEPTED: { description: 'The person is who they say: it no longer stands out.' },
    REFERRED: {
      description: 'Handed on to somebody else; it stands out until they accept it or a later check matches.',
    },
  },
});

@ObjectType({ description: 'How somebody settled a verdict of the population database.', simpleResolvers: true })
export class MismatchResolution {
  @Field(() => MismatchResolutionKind, { description: 'How.' })
  kind!: MismatchResolutionKind;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  /** The account that did. */
  accountId!: string;
}

/** What is known before anybody was asked. */
const unasked = { status: RegistryStatus.PENDING, failure: null, checked_at: null, mismatches: [], attempts: 0 };

@ObjectType({
  description:
    'What the population database last said of a person: the verdict and the names of fields, never its values.',
  simpleResolvers: true,
})
export class RegistryVerification {
  /** Null: nobody asked. */
  readonly row: VerificationRow | null;

  constructor(row: VerificationRow | null) {
    this.row = row;
    const { status, failure, checked_at: checkedAt, mismatches, attempts } = row ?? unasked;
    Object.assign(this, { status, failure, checkedAt, mismatches, attempts, checking: row?.due_at instanceof Date });
  }

  @Field(() => RegistryStatus, { description: 'The verdict.' })
  readonly status!: RegistryStatus;

  @Field(() => RegistryFailure, { nullable: true, description: 'Why UNAVAILABLE.' })
  readonly failure!: RegistryFailure | null;

  @Field(() => DateTime, { nullable: true, description: 'When it answered; null before its first answer.' })
  readonly checkedAt!: Date | null;

  @Field(() => [String], {
    complexity: 1,
    description: 'Names of the PersonInput fields that differ, never their values.',
  })
  readonly mismatches!: string[];

  @Field(() => Int, { description: 'How often it was asked since the check was enqueued.' })
  readonly attempts!: number;

  @Field(() => Boolean, { description: 'Whether it is being asked: the verdict may change.' })
  readonly checking!: boolean;
}
