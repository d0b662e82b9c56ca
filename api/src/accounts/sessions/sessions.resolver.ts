import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Keys } from '../../platform/crypto/keys.ts';
import { signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { enterOwn, ownerOf } from '../sign-in/audit-sign-in.ts';
import { endOtherSessions, endSessionById, standingSessions } from './own-sessions.ts';
import { Session } from './session.entity.ts';

@Resolver()
export class SessionsResolver {
  readonly #parts: { keys: Keys };

  constructor(parts: { keys: Keys }) {
    this.#parts = parts;
  }

  @Query(() => [Session], { description: 'The own sign-ins that still stand, last used first; at most 100.' })
  async sessions(@Ctx() context: Context): Promise<Session[]> {
    const standing = await standingSessions(await context.transaction(), this.#parts.keys, asker(context));
    return standing.map((session) => Object.assign(new Session(), session));
  }

  @Mutation(() => Boolean, {
    description: 'Ends one of the own sessions at once; false where there is none of this id that still stands.',
  })
  async endSession(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The session.' }) id: string,
  ): Promise<boolean> {
    const tx = await context.transaction();
    const ended = await endSessionById(tx, this.#parts.keys, asker(context), id);
    if (!ended) return false;
    if (ended.current) context.cookies.clear();
    await enterOwn(tx, context, 'session.end', ownerOf(signedIn(context)), { sessionId: id });
    return true;
  }

  @Mutation(() => Int, { description: 'Ends all of the own sessions but the one that asks; how many those were.' })
  async endOtherSessions(@Ctx() context: Context): Promise<number> {
    const tx = await context.transaction();
    const count = await endOtherSessions(tx, this.#parts.keys, asker(context));
    if (count > 0) await enterOwn(tx, context, 'session.end-others', ownerOf(signedIn(context)), { count });
    return count;
  }
}

const asker = (context: Context) => ({
  accountId: signedIn(context).accountId,
  token: context.sessionToken ?? '',
  at: context.at,
});
