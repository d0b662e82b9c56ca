import type { Transaction } from '../platform/database/transaction.ts';

/** What stands out about somebody at a scan, besides what they did and declared. */
export interface StandsOut {
  /** The population database knows them otherwise or not at all, and nobody accepted that. */
  mismatched: boolean;
  /** On the watch list. */
  watched: boolean;
}

// Who is merged with others stands out by the verdict on any of them.
const mismatch = `exists (select from people_merged(array[$1::text], array[who.citizen_id]) m
  join registry_verification v on v.province_code = $1 and v.citizen_id = m.citizen_id
  where v.status in ('MISMATCHED', 'NOT_FOUND') and v.resolution_kind is distinct from 'ACCEPTED') as mismatched`;

const ofOpened = {
  name: 'stands-out-of-opened',
  text: `with who as materialized (
           select o.declaration_id, o.citizen_id from opened_declaration o
           where o.province_code = $1 and o.checkpoint_id = $2 and o.declaration_id = any($3))
         select who.declaration_id as id, ${mismatch}, w.citizen_id is not null as watched
         from who left join watched_people($1, array(select citizen_id from who), $4) w on w.citizen_id = who.citizen_id`,
};

/** By declaration: what the checkpoint's province knows of the people of those that were opened there. */
export async function standingOfOpened(
  tx: Transaction,
  { provinceCode, id: checkpointId }: { provinceCode: string; id: string },
  declarationIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, StandsOut>> {
  const rows = await tx.rows<StandsOut & { id: string }>(ofOpened, [provinceCode, checkpointId, declarationIds, at]);
  return new Map(rows.map(({ id, mismatched, watched }) => [id, { mismatched, watched }]));
}

const ofPeople = {
  name: 'stands-out-of-people',
  text: `select ${mismatch}, w.citizen_id is not null as watched
         from unnest($2::uuid[]) as who (citizen_id) left join watched_people($1, $2::uuid[], $3) w on w.citizen_id = who.citizen_id`,
};

/** What a province knows of any of its people. */
export async function standingOfPeople(
  tx: Transaction,
  province: string,
  citizenIds: readonly string[],
  at: Date,
): Promise<StandsOut> {
  const rows = citizenIds.length > 0 ? await tx.rows<StandsOut>(ofPeople, [province, citizenIds, at]) : [];
  return { mismatched: rows.some(({ mismatched }) => mismatched), watched: rows.some(({ watched }) => watched) };
}
