import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Problem } from '../../platform/graphql/field-problem.ts';
import { SecondFactorRequired, SignInFailed, ViewerType } from '../account-results.entity.ts';

@ObjectType({
  description: 'A secret for an authenticator app. It is in force once confirmSecondFactor has had a code of it.',
  simpleResolvers: true,
})
export class SecondFactorOffer {
  @Field(() => String, { description: 'For typing: 32 characters of base32. Shown here only.' })
  secret!: string;

  @Field(() => String, { description: 'For a QR code: an otpauth URI (TOTP, SHA-1, 6 digits, 30 s).' })
  uri!: string;
}

export const BeginSecondFactorResult = createUnionType({
  name: 'BeginSecondFactorResult',
  description: 'What became of beginning to enrol.',
  types: () => [SecondFactorOffer, SignInFailed, SecondFactorRequired] as const,
  resolveType: (value) => ('uri' in value ? 'SecondFactorOffer' : problemTypeOf(value)),
});

@ObjectType({
  description: 'The second factor is in force. All other sessions ended, and a new cookie came with this answer.',
  simpleResolvers: true,
})
export class SecondFactorEnrolled {
  @Field(() => ViewerType, { description: 'Who is signed in, and what works now.' })
  viewer!: ViewerType;

  @Field(() => [String], { description: 'Ten codes, each for one sign-in without the app. Shown here only.' })
  recoveryCodes!: string[];
}

@ObjectType({
  implements: Problem,
  description: 'The code is not one of the offered secret, or the offer is older than 15 minutes.',
  simpleResolvers: true,
})
export class CodeRefused extends Problem {}

export const ConfirmSecondFactorResult = createUnionType({
  name: 'ConfirmSecondFactorResult',
  description: 'What became of an enrolment.',
  types: () => [SecondFactorEnrolled, CodeRefused] as const,
  resolveType: (value) => ('viewer' in value ? 'SecondFactorEnrolled' : 'CodeRefused'),
});

@ObjectType({ description: 'New recovery codes; those before work no more.', simpleResolvers: true })
export class RecoveryCodes {
  @Field(() => [String], { description: 'Ten codes, each for one sign-in without the app. Shown here only.' })
  recoveryCodes!: string[];
}

export const RemakeRecoveryCodesResult = createUnionType({
  name: 'RemakeRecoveryCodesResult',
  description: 'What became of making new recovery codes.',
  types: () => [RecoveryCodes, SignInFailed, SecondFactorRequired] as const,
  resolveType: (value) => ('recoveryCodes' in value ? 'RecoveryCodes' : problemTypeOf(value)),
});

const problemTypeOf = (value: SignInFailed | SecondFactorRequired) =>
  'retryAfter' in value ? 'SignInFailed' : 'SecondFactorRequired';
