import type { Transaction } from '../../platform/database/transaction.ts';

/** One who is merged into another: into whom, and who both stand as. */
export interface Merge {
  province_code: string;
  alias_id: string;
  citizen_id: string;
  kept_id: string;
  merged_at: Date;
  merged_by: string;
  reason: string;
}

const takeTurn = {
  name: 'turn-of-merging',
  text: `select pg_advisory_xact_lock(hashtextextended('merging in ' || $1, 0))`,
};

/** Merging is rare and done by people: in a province one at a time, so that what was looked at still stands. */
export async function takeTurnToMerge(tx: Transaction, province: string): Promise<void> {
  await tx.rows(takeTurn, [province]);
}

const standing = {
  name: 'merges-together',
  text: `select a.province_code, a.alias_id, a.citizen_id, a.kept_id, a.merged_at, a.merged_by, a.reason from citizen_alias a
         where a.province_code = any($1) and a.unmerged_at is null
           and a.kept_id in (select m.kept_id from unnest($1::text[]) as here (province)
                             cross join lateral people_merged(array[here.province], $2) m)
         order by a.merged_at, a.alias_id`,
};

/** The merges that stand among these people and all whom they are merged with. */
export function mergesAmong(tx: Transaction, provinces: readonly string[], ids: readonly string[]): Promise<Merge[]> {
  return tx.rows<Merge>(standing, [provinces, ids]);
}

const add = {
  name: 'add-merge',
  text: `insert into citizen_alias (province_code, alias_id, citizen_id, kept_id, merged_at, merged_by, reason)
         values ($1, $2, $3, $4, $5, $6, $7)`,
};

export async function insertMerge(tx: Transaction, merge: Merge): Promise<void> {
  const { province_code, alias_id, citizen_id, kept_id, merged_at, merged_by, reason } = merge;
  await tx.rows(add, [province_code, alias_id, citizen_id, kept_id, merged_at, merged_by, reason]);
}

const stand = {
  name: 'stand-as',
  text: `update citizen_alias set kept_id = $3 where province_code = $1 and alias_id = any($2) and unmerged_at is null`,
};

/** From now on these stand as another. */
export async function standAs(tx: Transaction, province: string, ids: readonly string[], kept: string): Promise<void> {
  if (ids.length > 0) await tx.rows(stand, [province, ids, kept]);
}

const end = {
  name: 'end-merge',
  text: `update citizen_alias set unmerged_at = $3, unmerged_by = $4, unmerge_reason = $5
         where province_code = $1 and alias_id = $2 and unmerged_at is null`,
};

export async function endMerge(
  tx: Transaction,
  province: string,
  id: string,
  { at, by, reason }: { at: Date; by: string; reason: string },
): Promise<void> {
  await tx.rows(end, [province, id, at, by, reason]);
}

const ended = {
  name: 'was-merged',
  text: 'select 1 from citizen_alias where province_code = any($1) and alias_id = $2 and unmerged_at is not null limit 1',
};

export async function wasMerged(tx: Transaction, provinces: readonly string[], id: string): Promise<boolean> {
  return (await tx.rows(ended, [provinces, id])).length > 0;
}
