import { purgePageSize, type PurgePage } from '../platform/database/purging.ts';
import type { Transaction } from '../platform/database/transaction.ts';

const keepHeld = {
  name: 'keep-held-passages',
  text: `insert into passage_held
         select p.* from passage p
         where p.province_code = $1 and p.occurred_at >= $2 and p.occurred_at < $3
           and p.citizen_id in (select held_people($1))
           and not exists (select from passage_held s where s.province_code = $1 and s.id = p.id)
         order by p.id limit $4
         on conflict do nothing returning id`,
};

/** Copies a page of the week's passages of people who are held; answers whether there may be more. */
export async function keepHeldPassages(tx: Transaction, province: string, from: Date, to: Date): Promise<boolean> {
  return (await tx.rows(keepHeld, [province, from, to, purgePageSize])).length === purgePageSize;
}

const dropUnheld = {
  name: 'drop-unheld-passages',
  text: `delete from passage_held s where s.province_code = $1 and s.id in (
           select r.id from passage_held r
           where r.province_code = $1 and not exists (select from held_people($1) h (id) where h.id = r.citizen_id)
           order by r.id limit $2)
         returning s.id`,
};

/** Copies go when the last hold of their person has ended. */
export const dropUnheldPassages: PurgePage = async (tx, province) =>
  (await tx.rows<{ id: string }>(dropUnheld, [province, purgePageSize])).map(({ id }) => id);

const named = {
  name: 'citizens-named-by-passages',
  text: `select w.id from unnest($2::uuid[]) as w (id)
         where exists (select from passage p where p.province_code = $1 and p.citizen_id = w.id)
            or exists (select from passage_held p where p.province_code = $1 and p.citizen_id = w.id)`,
};

/** Which of these citizens a passage still names. */
export async function citizensNamedByPassages(tx: Transaction, province: string, ids: string[]): Promise<string[]> {
  return (await tx.rows<{ id: string }>(named, [province, ids])).map(({ id }) => id);
}
