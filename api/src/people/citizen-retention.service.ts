import { purgePageSize } from '../platform/database/purging.ts';
import type { Transaction } from '../platform/database/transaction.ts';

const known = {
  name: 'citizens-known-long',
  text: `select c.id from citizen c
         where c.province_code = $1 and c.created_at < $2 and c.id > $3
           and not exists (select from held_people($1) h (id) where h.id = c.id)
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

const together = {
  name: 'people-merged',
  text: 'select citizen_id as id, kept_id as kept from people_merged(array[$1::text], $2::uuid[])',
};

/** These and all whom they are merged with, each with whom they stand as. */
export function mergedWith(
  tx: Transaction,
  province: string,
  ids: readonly string[],
): Promise<Array<{ id: string; kept: string }>> {
  return tx.rows(together, [province, ids]);
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
         , doubles as (delete from citizen_double b using gone where b.province_code = $1 and (b.one_id = gone.id or b.other_id = gone.id))
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
