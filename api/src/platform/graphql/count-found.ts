import type { SelectQueryBuilder } from '../database/mikro-orm.ts';
import type { Transaction } from '../database/transaction.ts';
import { mostCounted, toTotal } from './connection.ts';

type Rows<Tables, Names extends keyof Tables, Row> = SelectQueryBuilder<Tables, Names, Row>;

/** How many rows a list finds; null where there are too many to count. */
export async function countFound<Tables, Names extends keyof Tables, Row>(
  tx: Transaction,
  rows: Rows<Tables, Names, Row>,
): Promise<number | null> {
  return toTotal(await countUpTo(tx, rows, mostCounted + 1));
}

/** How many rows there are; no further than a bound. */
export async function countUpTo<Tables, Names extends keyof Tables, Row>(
  tx: Transaction,
  rows: Rows<Tables, Names, Row>,
  bound: number,
): Promise<number> {
  const found = rows.limit(bound).as('found');
  const count = tx.kysely.fn.countAll<string>().as('count');
  const answer = await tx.kysely.selectFrom(found).select(count).executeTakeFirstOrThrow();
  return Number(answer.count);
}
