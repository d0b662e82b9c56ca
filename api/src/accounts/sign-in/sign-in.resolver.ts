import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Keys } from '../../platform/crypto/keys.ts';
import type { Context } from '../../policy/viewer.ts';
import { SignedIn, SignInResult, ViewerType } from '../account-results.entity.ts';
import { changePassword } from './change-password.ts';
import { readViewer } from '../sessions/read-viewer.ts';
import { toProblem } from './sign-in-problems.ts';
import { signIn, signOut, type SignInOutcome } from './sign-in.ts';

@Resolver()
export class SignInResolver {
  readonly #parts: { keys: Keys };
  readonly #secondFactorObligatory: boolean;

  constructor(parts: { keys: Keys }, secondFactorObligatory: boolean) {
    this.#parts = parts;
    this.#secondFactorObligatory = secondFactorObligatory;
  }

  @Query(() => ViewerType, { nullable: true, description: 'Who is signed in; null: nobody.' })
  async viewer(@Ctx() context: Context): Promise<ViewerType | null> {
    if (!context.viewer) return null;
    const { accountId, wall } = context.viewer;
    return readViewer(context, this.#secondFactorObligatory, accountId, wall);
  }

  @Mutation(() => SignInResult, {
    description:
      'Begins a session of at most 24 hours, 12 without use, in an HttpOnly cookie. From the fifth failure on the next try of that name from that address must wait.',
  })
  async signIn(
    @Ctx() context: Context,
    @Arg('username', () => String, { description: 'The user name.' }) username: string,
    @Arg('password', () => String, { description: 'The password.' }) password: string,
    @Arg('totp', () => String, {
      nullable: true,
      description: 'After SecondFactorRequired: a code of the authenticator app, or a recovery code. Each works once.',
    })
    totp: string | null,
  ): Promise<typeof SignInResult> {
    const outcome = await signIn(context, this.#parts.keys, { username, password, code: totp });
    return this.#show(context, outcome);
  }

  @Mutation(() => Boolean, { description: 'Ends the session at once; false where there was none.' })
  signOut(@Ctx() context: Context): Promise<boolean> {
    return signOut(context, this.#parts.keys);
  }

  @Mutation(() => SignInResult, {
    description:
      'Sets an own password of at least 10 characters and ends all other sessions. SignInFailed: the current one is wrong. BAD_USER_INPUT with field new: too short, too common, like the name, or the same.',
  })
  async changePassword(
    @Ctx() context: Context,
    @Arg('current', () => String, { description: 'The password until now.' }) current: string,
    @Arg('new', () => String, { description: 'The password from now on, 10 to 200 characters.' }) next: string,
  ): Promise<typeof SignInResult> {
    return this.#show(context, await changePassword(context, this.#parts.keys, current, next));
  }

  async #show(context: Context, outcome: SignInOutcome): Promise<typeof SignInResult> {
    if (outcome.kind !== 'SIGNED_IN') return toProblem(outcome, context.locale);
    return Object.assign(new SignedIn(), {
      viewer: await readViewer(context, this.#secondFactorObligatory, outcome.accountId),
    });
  }
}
