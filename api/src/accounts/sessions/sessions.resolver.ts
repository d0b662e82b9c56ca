import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Keys } from '../../platform/crypto/keys.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { ViewerType } from '../account-results.entity.ts';
import { enterOwn, ownerOf } from '../sign-in/audit-sign-in.ts';
import { keepOnWall } from './keep-on-wall.ts';
import { endOtherSessions, endSessionById, standingSessions } from './own-sessions.ts';
import { readViewer } from './read-viewer.ts';
import { Session } from './session.entity.ts';

@Resolver()
export class SessionsResolver {
  readonly #parts: { keys: Keys };
  readonly #secondFactorObligatory: boolean;

  constructor(parts: { keys: Keys }, secondFactorObligatory: boolean) {
    this.#parts = parts;
    this.#secondFactorObligatory = secondFactorObligatory;
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

  @Mutation(() => ViewerType, {
    description:
      "Makes this session a wall screen's: it shows the flow and nothing else, and ends 30 days from now instead of within one, still after 12 hours without use. It goes on under a new cookie, and the one before ends at once. There is no way back but to sign in; a wall screen cannot ask again.",
  })
  async keepOnWall(@Ctx() context: Context): Promise<ViewerType> {
    permit(context, 'traffic.wall');
    const tx = await context.transaction();
    const { id, token, expires } = await keepOnWall(tx, this.#parts.keys, asker(context));
    context.cookies.set(token, expires);
    const viewer = signedIn(context);
    await enterOwn(tx, context, 'session.keep-on-wall', ownerOf(viewer), { sessionId: id });
    return readViewer(context, this.#secondFactorObligatory, viewer.accountId, true);
  }
}

const asker = (context: Context) => ({
  accountId: signedIn(context).accountId,
  token: context.sessionToken ?? '',
  at: context.at,
});
