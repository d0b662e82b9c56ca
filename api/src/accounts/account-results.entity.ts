import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { FieldProblem, Problem } from '../platform/graphql/field-problem.ts';
import { Account } from './account.entity.ts';

@ObjectType('Viewer', { description: 'Who is signed in, and what will work.', simpleResolvers: true })
export class ViewerType {
  @Field(() => Account, { description: 'The own account.' })
  account!: Account;

  @Field(() => [String], {
    description:
      'The actions of the policy that the account may do: checkpoint.save. Empty while mustChangePassword or mustEnrolMfa; traffic.watch alone where wall.',
  })
  permissions!: string[];

  @Field(() => Boolean, { description: 'Whether nothing works before changePassword.' })
  mustChangePassword!: boolean;

  @Field(() => Boolean, {
    description: 'Whether nothing works before a second factor is enrolled: beginSecondFactor, confirmSecondFactor.',
  })
  mustEnrolMfa!: boolean;

  @Field(() => Boolean, { description: 'Whether the roles ask for a second factor here: then it cannot be removed.' })
  mfaObligatory!: boolean;

  @Field(() => Boolean, { description: "Whether this session is a wall screen's: keepOnWall." })
  wall!: boolean;
}

@ObjectType({ description: 'The session stands; its cookie came with this answer.', simpleResolvers: true })
export class SignedIn {
  @Field(() => ViewerType, { description: 'Who is signed in now.' })
  viewer!: ViewerType;
}

@ObjectType({
  implements: Problem,
  description: 'Refused: unknown name, wrong password, suspended account and too early a try look alike.',
  simpleResolvers: true,
})
export class SignInFailed extends Problem {
  @Field(() => Int, { nullable: true, description: 'Seconds to wait before the next try; null: none.' })
  retryAfter!: number | null;
}

@ObjectType({
  implements: Problem,
  description: 'The password was right; the same again with totp, a code of the authenticator app or a recovery code.',
  simpleResolvers: true,
})
export class SecondFactorRequired extends Problem {}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  description: 'What became of a sign-in.',
  types: () => [SignedIn, SignInFailed, SecondFactorRequired] as const,
  resolveType: (value) =>
    'viewer' in value ? 'SignedIn' : 'retryAfter' in value ? 'SignInFailed' : 'SecondFactorRequired',
});

@ObjectType({ description: 'An account that was created, now or when it was sent before.', simpleResolvers: true })
export class IssuedCredentials {
  @Field(() => Account, { description: 'The account.' })
  account!: Account;

  @Field(() => String, {
    nullable: true,
    description:
      'Works once, then a password of the own is chosen. Shown here only; null when the same id is sent again.',
  })
  oneTimePassword!: string | null;
}

// Of which each has one problem at most: 500 accounts may ask for theirs.
const inputFields = 6;

@ObjectType({ implements: Problem, description: 'An account that was not created.', simpleResolvers: true })
export class InvalidAccount extends Problem {
  @Field(() => [FieldProblem], {
    description: 'What to change, by field of the input. Codes among others: TAKEN, ID_REUSED, OUTSIDE.',
    complexity: ({ childComplexity }) => 1 + inputFields * childComplexity,
  })
  fields!: FieldProblem[];
}

export const CreateAccountResult = createUnionType({
  name: 'CreateAccountResult',
  description: 'What became of a new account.',
  types: () => [IssuedCredentials, InvalidAccount] as const,
  resolveType: (value) => ('account' in value ? 'IssuedCredentials' : 'InvalidAccount'),
});
