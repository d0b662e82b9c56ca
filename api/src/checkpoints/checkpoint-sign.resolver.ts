import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { noRows } from '../platform/database/transaction.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { CheckpointSign } from './checkpoint-sign.entity.ts';
import { checkpointsByIds } from './checkpoints.queries.ts';
import { isClosedAt } from './closing.ts';

@Resolver()
export class CheckpointSignResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => CheckpointSign, {
    nullable: true,
    description: 'What the sign with this id in its QR code stands for; null where there is no such checkpoint.',
  })
  async checkpointSign(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The checkpoint’s id, from the address in the code.' }) id: string,
  ): Promise<CheckpointSign | null> {
    if (uuid7Time(id) === null) return null;
    const [found] = await checkpointsByIds(await context.transaction(noRows), [id]);
    if (!found) return null;
    const unit = this.#parts.territory.today(found.unitId);
    return Object.assign(new CheckpointSign(), { name: found.name, unit, open: !isClosedAt(found, context.at) });
  }
}
