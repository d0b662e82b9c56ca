import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../policy/viewer.ts';
import { ScopeInput } from '../../checkpoints/scope-input.entity.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { ArrivalCounts } from './arrival-counts.entity.ts';
import { countLists } from './arrivals.queries.ts';
import { narrowArrivals } from './narrow-arrivals.ts';

@Resolver()
export class ArrivalCountsResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => ArrivalCounts, { description: 'How many each list of `arrivals` holds, by the same arguments.' })
  async arrivalCounts(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: 'Only with a destination in this unit.' })
    part: ScopeInput | null,
    @Arg('zoneId', () => ID, { nullable: true, description: 'Only with a destination in this epidemic zone.' })
    zoneId: string | null,
  ): Promise<ArrivalCounts> {
    const { within, asked } = narrowArrivals(context, this.#parts.territory, { part, zoneId });
    const lists = ['COMING', 'INSIDE', 'NOT_REPORTED', 'OVERSTAYING', 'LEFT'] as const;
    const [coming, inside, notReported, overstaying, left] = await countLists(
      await context.transaction(),
      within,
      asked,
      lists,
    );
    return Object.assign(new ArrivalCounts(), { coming, inside, notReported, overstaying, left });
  }
}
