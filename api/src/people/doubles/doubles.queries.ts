import type { Transaction } from '../../platform/database/transaction.ts';
import { mostCounted, toTotal, type Page } from '../../platform/graphql/connection.ts';

/** Two who may be one person, as they stand. */
export interface DoubleRow {
  province_code: string;
  /** The pair as it was found: they may be merged with others by now. */
  one_id: string;
  other_id: string;
  one_kept: string;
  other_kept: string;
  score: number;
  evidence: string[];
  found_at: Date;
}

const list = {
  name: 'likely-doubles',
  text: `select * from (
           select d.province_code, d.one_id, d.other_id, d.score, d.evidence, d.found_at,
             coalesce(a.kept_id, d.one_id) as one_kept, coalesce(b.kept_id, d.other_id) as other_kept
           from citizen_double d
           left join citizen_alias a on a.province_code = d.province_code and a.alias_id = d.one_id and a.unmerged_at is null
           left join citizen_alias b on b.province_code = d.province_code and b.alias_id = d.other_id and b.unmerged_at is null
           where d.province_code = any($1) and d.dismissed_at is null
             and ($2::integer is null or (d.score, d.one_id, d.other_id) < ($2, $3::uuid, $4::uuid))) d
         where d.one_kept <> d.other_kept
         order by d.score desc, d.one_id desc, d.other_id desc limit $5`,
};

/** A page of the pairs that nobody has decided on, the surest first. */
export function listDoubles(tx: Transaction, provinces: readonly string[], page: Page): Promise<DoubleRow[]> {
  const [score = null, one = null, other = null] = page.after ?? [];
  return tx.rows<DoubleRow>(list, [provinces, score === null ? null : Number(score), one, other, page.first + 1]);
}

const count = {
  name: 'count-likely-doubles',
  text: `select count(*)::integer as count from (
           select 1 from citizen_double d
           left join citizen_alias a on a.province_code = d.province_code and a.alias_id = d.one_id and a.unmerged_at is null
           left join citizen_alias b on b.province_code = d.province_code and b.alias_id = d.other_id and b.unmerged_at is null
           where d.province_code = any($1) and d.dismissed_at is null and coalesce(a.kept_id, d.one_id) <> coalesce(b.kept_id, d.other_id)
           limit $2) found`,
};

/** How many pairs nobody has decided on; null where there are too many to count. */
export async function countDoubles(tx: Transaction, provinces: readonly string[]): Promise<number | null> {
  const [row] = await tx.rows<{ count: number }>(count, [provinces, mostCounted + 1]);
  return toTotal(row?.count ?? 0);
}

const propose = {
  name: 'propose-doubles',
  text: `insert into citizen_double (province_code, one_id, other_id, score, evidence, found_at)
         select distinct on (least(one, other), greatest(one, other)) $1, least(one, other), greatest(one, other), score, string_to_array(evidence, ','), $6
         from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[]) as d (one, other, score, evidence)
         where one <> other
         order by least(one, other), greatest(one, other), score desc
         on conflict (province_code, one_id, other_id) do update set score = excluded.score, evidence = excluded.evidence
           where citizen_double.dismissed_at is null and excluded.score > citizen_double.score`,
};

export interface Proposal {
  one: string;
  other: string;
  score: number;
  evidence: string[];
}

/** Proposes pairs; one that somebody dismissed stays so, and one that is known becomes surer only. */
export async function proposeDoubles(
  tx: Transaction,
  province: string,
  proposals: readonly Proposal[],
  at: Date,
): Promise<void> {
  if (proposals.length === 0) return;
  await tx.rows(propose, [
    province,
    proposals.map(({ one }) => one),
    proposals.map(({ other }) => other),
    proposals.map(({ score }) => score),
    proposals.map(({ evidence }) => evidence.join()),
    at,
  ]);
}

const dismiss = {
  name: 'dismiss-double',
  text: `insert into citizen_double (province_code, one_id, other_id, score, evidence, found_at, dismissed_at, dismissed_by, dismiss_reason)
         values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), 1, '{}', $4, $4, $5, $6)
         on conflict (province_code, one_id, other_id) do update
           set dismissed_at = excluded.dismissed_at, dismissed_by = excluded.dismissed_by, dismiss_reason = excluded.dismiss_reason
           where citizen_double.dismissed_at is null
         returning 1`,
};

const dismissAll = {
  name: 'dismiss-doubles-between',
  text: `update citizen_double d set dismissed_at = $4, dismissed_by = $5, dismiss_reason = $6
         from people_merged(array[$1::text], array[$2::uuid]) one, people_merged(array[$1::text], array[$3::uuid]) other
         where d.province_code = $1 and d.dismissed_at is null
           and d.one_id = least(one.citizen_id, other.citizen_id) and d.other_id = greatest(one.citizen_id, other.citizen_id)`,
};

/** Remembers that two are not the same, and so nobody who is merged with them; answers whether that is new. */
export async function dismissPair(
  tx: Transaction,
  province: string,
  [one, other]: readonly [string, string],
  { at, by, reason }: { at: Date; by: string; reason: string },
): Promise<boolean> {
  const isNew = (await tx.rows(dismiss, [province, one, other, at, by, reason])).length > 0;
  await tx.rows(dismissAll, [province, one, other, at, by, reason]);
  return isNew;
}
