import { citizensNamedByDeclarations } from '../declarations/declaration-retention.service.ts';
import { citizensNamedByPassages } from '../passages/passage-retention.service.ts';
import { citizensKnownLong, dropUnnamed, mergedWith } from '../people/citizen-retention.service.ts';
import type { Database } from '../platform/database/database.ts';
import { idsDigest, purgePageSize } from '../platform/database/purging.ts';
import { inTransaction, wholeProvinces, type Transaction } from '../platform/database/transaction.ts';
import { nilUuid } from '../platform/shared/uuid7.ts';
import { enterEvidence } from './evidence.ts';

/** Drops the people of a province whom no passage, declaration or hold names any more, with their numbers and name keys. */
export async function dropUnnamedCitizens(database: Database, province: string, before: Date): Promise<void> {
  for (let after: string | null = nilUuid; after;) {
    const from: string = after;
    after = await inTransaction(database, wholeProvinces([province]), (tx) => dropPage(tx, province, before, from));
  }
}

async function dropPage(tx: Transaction, province: string, before: Date, after: string): Promise<string | null> {
  const page = await citizensKnownLong(tx, province, before, after);
  const unnamed = await unnamedOf(tx, province, page);
  const { dropped, forgotten } = await dropUnnamed(tx, province, unnamed);
  for (const [table, ids] of [
    ['citizen', dropped],
    ['citizen_document', forgotten],
  ] as const)
    if (ids.length > 0)
      await enterEvidence(tx, province, { table, from: null, to: before, rows: ids.length, digest: idsDigest(ids) });
  return page.length === purgePageSize ? (page.at(-1) ?? null) : null;
}

/** Who is merged with somebody who is named is named too. */
async function unnamedOf(tx: Transaction, province: string, ids: string[]): Promise<string[]> {
  const merged = await mergedWith(tx, province, ids);
  const all = merged.map(({ id }) => id);
  const named = new Set([
    ...(await citizensNamedByDeclarations(tx, province, all)),
    ...(await citizensNamedByPassages(tx, province, all)),
  ]);
  const standing = new Map(merged.map(({ id, kept }) => [id, kept]));
  const kept = new Set([...named].map((id) => standing.get(id)));
  return ids.filter((id) => !kept.has(standing.get(id)));
}
