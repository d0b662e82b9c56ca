import type { SelectQueryBuilder } from '../database/mikro-orm.ts';
import type { Transaction } from '../database/transaction.ts';
import { mostCounted, toTotal } from './connection.ts';

/** How many rows a list finds; null where there are too many to count. */
export async function countFound<Tables, Names extends keyof Tables, Row>(
  tx: Transaction,
  rows: SelectQueryBuilder<Tables, Names, Row>,
): Promise<number | null> {
  const found = rows.limit(mostCounted + 1).as('found');
  const count = tx.kysely.fn.countAll<string>().as('count');
  const answer = await tx.kysely.selectFrom(found).select(count).executeTakeFirstOrThrow();
  return toTotal(Number(answer.count));
}
