import { Arg, Ctx, ID, Resolver, Subscription } from 'type-graphql';
import type { Notices } from '../platform/bus/notices.ts';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { notFound } from '../platform/graphql/problems.ts';
import { Feed, fromFeed } from '../platform/sockets/feed.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { checkpointsInScope } from '../checkpoints/checkpoints.service.ts';
import { Citizen, CitizenView } from '../people/citizen.entity.ts';
import { citizensByIds } from '../people/citizens.service.ts';
import { readVerified, verifiedSubject } from '../registry/verified.events.ts';
import { viewFor, type Parts } from '../declarations/declarations.service.ts';

/** The population database answers after the passage: this tells who waits for it. */
@Resolver()
export class VerifiedResolver {
  readonly #parts: Parts;
  readonly #notices: Notices;

  constructor(parts: Parts, notices: Notices) {
    this.#parts = parts;
    this.#notices = notices;
  }

  @Subscription(() => Citizen, {
    ...fromFeed,
    description:
      'An answer of the population database arrived for somebody who passed last at this checkpoint; masked, `mismatches` shows whom it concerns. An officer: the own checkpoints; NOT_FOUND for one outside your rights. What comes while nobody is connected is not told later: ask `mismatches` after a reconnect. Over graphql-ws, at /graphql.',
  })
  async registryVerified(
    @Ctx() context: Context,
    @Arg('checkpointId', () => ID, { description: 'The checkpoint.' }) checkpointId: string,
  ): Promise<Feed> {
    const scope = permit(context, 'mismatch.resolve');
    checkIds({ checkpointId });
    const own = scope.checkpointIds === null || scope.checkpointIds.includes(checkpointId);
    const [found] = own
      ? await checkpointsInScope(await context.transaction(), { ...scope, checkpointIds: [checkpointId] })
      : [];
    if (!found) throw notFound();
    const { provinceCode: province } = found;
    return new Feed(checkpointId, (deliver) => {
      const stop = this.#notices.hear(verifiedSubject.of(province, checkpointId), (_, text) => {
        for (const id of readVerified(text)) deliver({ event: (asking: Context) => this.#show(asking, province, id) });
      });
      return { end: stop };
    });
  }

  /** Masked: who is told is not asked why. Nobody to be shown where the person was erased meanwhile. */
  async #show(context: Context, province: string, id: string): Promise<CitizenView | null> {
    const [row] = await citizensByIds(await context.transaction(), [province], [id]);
    return row ? new CitizenView(row, viewFor(this.#parts, context), false) : null;
  }
}
