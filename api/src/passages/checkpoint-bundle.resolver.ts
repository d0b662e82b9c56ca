import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { notFound } from '../platform/graphql/problems.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { PassesToStop } from '../watchlist/passes-to-stop.service.ts';

/** What a device at a checkpoint needs to stop whom the watch list names while it has no network. */
@Resolver()
export class CheckpointBundleResolver {
  readonly #passes: PassesToStop;

  constructor(passes: PassesToStop) {
    this.#passes = passes;
  }

  @Query(() => GraphQLJSONObject, {
    description:
      'What offline work at one of your own checkpoints needs besides the trust list: {at: when it was made, RFC 3339, stop: ids of open declarations, of all provinces, whose people are on the watch list}. No names and no hashes of numbers. Fetch it again at least once an hour.',
  })
  async checkpointBundle(
    @Ctx() context: Context,
    @Arg('checkpointId', () => ID, { description: 'The checkpoint; one of your own.' }) checkpointId: string,
  ): Promise<{ at: string; stop: string[] }> {
    const { checkpointIds } = permit(context, 'scan');
    if (checkpointIds && !checkpointIds.includes(checkpointId)) throw notFound();
    const stop = await this.#passes.current(await context.transaction(), context.at);
    return { at: context.at.toISOString(), stop };
  }
}
