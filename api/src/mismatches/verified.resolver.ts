import { Arg, Ctx, ID, Resolver, Subscription } from 'type-graphql';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { notFound } from '../platform/graphql/problems.ts';
import { Feed, fromFeed } from '../platform/sockets/feed.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { checkpointsInScope } from '../checkpoints/checkpoints.service.ts';
import { Citizen } from '../people/citizen.entity.ts';

/** The population database answers after the passage: this tells who waits for it. */
@Resolver()
export class VerifiedResolver {
  @Subscription(() => Citizen, {
    ...fromFeed,
    description:
      'An answer of the population database arrived for somebody who passed last at this checkpoint; masked, `mismatches` shows whom it concerns. An officer: the own checkpoints; NOT_FOUND for one outside your rights. Over graphql-ws, at /graphql.',
  })
  async registryVerified(
    @Ctx() context: Context,
    @Arg('checkpointId', () => ID, { description: 'The checkpoint.' }) checkpointId: string,
  ): Promise<Feed> {
    const scope = permit(context, 'mismatch.resolve');
    checkIds({ checkpointId });
    const own = scope.checkpointIds === null || scope.checkpointIds.includes(checkpointId);
    const tx = await context.transaction();
    const [found] = own ? await checkpointsInScope(tx, { ...scope, checkpointIds: [checkpointId] }) : [];
    if (!found) throw notFound();
    return new Feed(checkpointId, () => ({ end: () => undefined }));
  }
}
