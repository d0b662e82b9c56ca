import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkIds } from '../../platform/graphql/check-ids.ts';
import { readPage, toConnection } from '../../platform/graphql/connection.ts';
import { readReason, reasonText } from '../../platform/graphql/read-reason.ts';
import { permit } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { Checkpoint } from '../../checkpoints/checkpoint.entity.ts';
import { checkpointLoader } from '../../checkpoints/checkpoints.service.ts';
import type { VerificationRow } from '../verification.row.ts';
import { RegistryDeadLetter, RegistryDeadLetterConnection } from './dead-letter.entity.ts';
import { countDeadLetters, deadLetterSorting, listDeadLetters } from './dead-letters.queries.ts';
import { mostRetried, retryChecks } from './retry-checks.ts';

/** What the population database could not be asked about: given up, and waiting for an administrator. */
@Resolver(() => RegistryDeadLetter)
export class DeadLettersResolver {
  @Query(() => RegistryDeadLetterConnection, {
    description:
      'Look-ups in the population database that were given up after too many tries, of people who passed last at a checkpoint of your jurisdiction; given up last first. Each waits until somebody retries it.',
  })
  async registryDeadLetters(
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<RegistryDeadLetterConnection> {
    const scope = permit(context, 'registry.retry');
    const page = readPage(first, after, deadLetterSorting);
    const tx = await context.transaction();
    const letters = (await listDeadLetters(tx, scope, page)).map(toLetter);
    const connection = toConnection<RegistryDeadLetter>(
      page,
      letters,
      ({ since, id }) => [since.toISOString(), id],
      () => countDeadLetters(tx, scope),
    );
    return Object.assign(new RegistryDeadLetterConnection(), connection);
  }

  @FieldResolver(() => Checkpoint, { nullable: true, description: 'Where the person passed last.' })
  checkpoint(@Root() { checkpointId }: RegistryDeadLetter, @Ctx() context: Context): Promise<Checkpoint | null> {
    return context.loaders.of(context, checkpointLoader).load(checkpointId);
  }

  @Mutation(() => Int, {
    description: `Enqueues given-up look-ups again, with all their tries; answers how many, at most ${mostRetried} at a time, oldest first. What is outside your jurisdiction, or was retried meanwhile, is passed over. Audited.`,
  })
  async retryRegistryChecks(
    @Ctx() context: Context,
    @Arg('ids', () => [ID], {
      nullable: true,
      description: 'Which, by their ids, at most 200; absent: all of your jurisdiction.',
    })
    ids: string[] | null,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<number> {
    const scope = permit(context, 'registry.retry');
    checkIds({ ids });
    return retryChecks(context, scope, ids, readReason(reason));
  }
}

const toLetter = (row: VerificationRow): RegistryDeadLetter =>
  Object.assign(new RegistryDeadLetter(), {
    id: row.citizen_id,
    failure: row.failure,
    attempts: row.attempts,
    since: row.dead_since,
    checkpointId: row.checkpoint_id,
  });
