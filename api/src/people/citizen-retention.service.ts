import { purgePageSize } from '../platform/database/purging.ts';
import type { Transaction } from '../platform/database/transaction.ts';

const known = {
  name: 'citizens-known-long',
  text: `select c.id from citizen c
         where c.province_code = $1 and c.created_at < $2 and c.id > $3
           and not exists (select from citizen_hold h where h.province_code = $1 and h.citizen_id = c.id and h.ended_at is null)
         order by c.id limit $4`,
};

/** A page of the citizens who are known for long enough and are not held. */
export async function citizensKnownLong(
  tx: Transaction,
  province: string,
  before: Date,
  after: string,
): Promise<string[]> {
  return (await tx.rows<{ id: string }>(known, [province, before, after, purgePageSize])).map(({ id }) => id);
}

const partners = {
  name: 'merged-with',
  text: `select a.alias_id as one, a.citizen_id as other from citizen_alias a
         where a.province_code = $1 and a.unmerged_at is null and (a.alias_id = any($2) or a.citizen_id = any($2))`,
};

/** Who is merged with these, both ways. */
export function mergedWith(
  tx: Transaction,
  province: string,
  ids: string[],
): Promise<Array<{ one: string; other: string }>> {
  return tx.rows(partners, [province, ids]);
}

const forgetDocuments = {
  name: 'forget-documents',
  text: 'delete from citizen_document where province_code = $1 and citizen_id = any($2) returning citizen_id as id',
};
const drop = {
  name: 'drop-citizens',
  text: `with gone as (
           delete from citizen c where c.province_code = $1 and c.id = any($2)
             and not exists (select from citizen_document k where k.province_code = $1 and k.citizen_id = c.id)
           returning c.id)
         , names as (delete from citizen_name_key n using gone where n.province_code = $1 and n.citizen_id = gone.id)
         , aliases as (delete from citizen_alias a using gone where a.province_code = $1 and (a.alias_id = gone.id or a.citizen_id = gone.id))
         select id from gone`,
};

/**
 * Drops people whom nothing names. A form that is being stored just now may have found one of them by a number; so who has
 * numbers loses those first, and goes the next time if nothing names the person then. Answers whom of each.
 */
export async function dropUnnamed(
  tx: Transaction,
  province: string,
  ids: string[],
): Promise<{ dropped: string[]; forgotten: string[] }> {
  const dropped = (await tx.rows<{ id: string }>(drop, [province, ids])).map(({ id }) => id);
  const left = ids.filter((id) => !dropped.includes(id));
  const forgotten = await tx.rows<{ id: string }>(forgetDocuments, [province, left]);
  return { dropped, forgotten: [...new Set(forgotten.map(({ id }) => id))] };
}
