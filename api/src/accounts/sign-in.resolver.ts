import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Keys } from '../platform/crypto/keys.ts';
import type { Locale } from '../platform/graphql/locale.ts';
import { unauthenticated } from '../platform/graphql/problems.ts';
import { permissionsOf } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { accountLoader } from './account-loaders.ts';
import { SignedIn, SignInFailed, SignInResult, ViewerType } from './account-results.entity.ts';
import { changePassword, signIn, signOut, type SignInOutcome } from './sign-in.ts';

const failedText = (locale: Locale, retryAfter: number | null) => {
  const [failed, wait] =
    locale === 'vi'
      ? ['Tên đăng nhập hoặc mật khẩu chưa đúng.', `Hãy đợi ${retryAfter} giây rồi thử lại.`]
      : ['The user name or the password is not right.', `Wait ${retryAfter} s, then try again.`];
  return retryAfter === null ? failed : `${failed} ${wait}`;
};

@Resolver()
export class SignInResolver {
  readonly #parts: { keys: Keys };

  constructor(parts: { keys: Keys }) {
    this.#parts = parts;
  }

  @Query(() => ViewerType, { nullable: true, description: 'Who is signed in; null: nobody.' })
  async viewer(@Ctx() context: Context): Promise<ViewerType | null> {
    return context.viewer ? this.#viewer(context, context.viewer.accountId) : null;
  }

  @Mutation(() => SignInResult, {
    description:
      'Begins a session of at most 24 hours, 12 without use, in an HttpOnly cookie. From the fifth failure on the next try of that name from that address must wait.',
  })
  async signIn(
    @Ctx() context: Context,
    @Arg('username', () => String, { description: 'The user name.' }) username: string,
    @Arg('password', () => String, { description: 'The password.' }) password: string,
  ): Promise<typeof SignInResult> {
    return this.#show(context, await signIn(context, this.#parts.keys, username, password));
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

  async #show(context: Context, outcome: SignInOutcome): Promise<SignedIn | SignInFailed> {
    if (outcome.kind === 'SIGNED_IN') {
      return Object.assign(new SignedIn(), { viewer: await this.#viewer(context, outcome.accountId) });
    }
    const { retryAfter } = outcome;
    return Object.assign(new SignInFailed(), { message: failedText(context.locale, retryAfter), retryAfter });
  }

  async #viewer(context: Context, accountId: string): Promise<ViewerType> {
    const account = await context.loaders.of(context, accountLoader).clear(accountId).load(accountId);
    if (!account) throw unauthenticated();
    const { mustChangePassword } = account;
    return Object.assign(new ViewerType(), { account, mustChangePassword, permissions: permissionsOf(account) });
  }
}
