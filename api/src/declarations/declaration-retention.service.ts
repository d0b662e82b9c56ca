import { purgePageSize, type PurgePage } from '../platform/database/purging.ts';
import type { Transaction } from '../platform/database/transaction.ts';

const keepHeld = {
  name: 'keep-held-declarations',
  text: `insert into declaration_held
         select d.* from declaration d
         where d.province_code = $1 and d.occurred_at >= $2 and d.occurred_at < $3
           and d.citizen_id in (select held_people($1))
           and not exists (select from declaration_held s where s.province_code = $1 and s.id = d.id)
         order by d.id limit $4
         on conflict do nothing returning id`,
};

/** Copies a page of the week's declarations of people who are held; answers whether there may be more. */
export async function keepHeldDeclarations(tx: Transaction, province: string, from: Date, to: Date): Promise<boolean> {
  return (await tx.rows(keepHeld, [province, from, to, purgePageSize])).length === purgePageSize;
}

const dropUnheld = {
  name: 'drop-unheld-declarations',
  text: `delete from declaration_held s where s.province_code = $1 and s.id in (
           select r.id from declaration_held r
           where r.province_code = $1 and not exists (select from held_people($1) h (id) where h.id = r.citizen_id)
           order by r.id limit $2)
         returning s.id`,
};

/** Copies go when the last hold of their person has ended. */
export const dropUnheldDeclarations: PurgePage = async (tx, province) =>
  (await tx.rows<{ id: string }>(dropUnheld, [province, purgePageSize])).map(({ id }) => id);

const dropHandles = {
  name: 'drop-handles',
  text: `with page as materialized (
           select d.id from declaration d
           where d.province_code = $1 and d.occurred_at >= $2 and d.occurred_at < $3 and d.id > $4 order by d.id limit $5)
         , dropped as (
           delete from declaration_handle h using page where h.province_code = $1 and h.declaration_id = page.id)
         select id from page order by id`,
};

/** Codes, secrets and form numbers of a page of the week's declarations, which end with them; answers where to go on. */
export async function dropHandlesOfWeek(
  tx: Transaction,
  province: string,
  week: { from: Date; to: Date },
  after: string,
): Promise<string | null> {
  const rows = await tx.rows<{ id: string }>(dropHandles, [province, week.from, week.to, after, purgePageSize]);
  return rows.length === purgePageSize ? (rows.at(-1)?.id ?? null) : null;
}

const dropFormsFromElsewhere = {
  name: 'drop-forms-from-elsewhere',
  text: `delete from declaration_handle h where h.province_code = $1 and h.kind = 'PAPER_FORM' and h.handle in (
           select r.handle from declaration_handle r
           where r.province_code = $1 and r.kind = 'PAPER_FORM' and r.declaration_province <> $1 and r.occurred_at < $2
           order by r.handle limit $3)
         returning h.declaration_id as id`,
};

/** Numbers of forms that were keyed in here for a declaration of another province, which goes by that province's weeks. */
export const dropFormsOfElsewhere: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(dropFormsFromElsewhere, [province, before, purgePageSize])).map(({ id }) => id);

const dropOpened = {
  name: 'drop-opened-declarations',
  text: `with page as materialized (
           select o.declaration_id, o.checkpoint_id from opened_declaration o
           where o.province_code = $1 and o.opened_until < $2 order by o.opened_until limit $3)
         delete from opened_declaration o using page
         where o.province_code = $1 and o.declaration_id = page.declaration_id and o.checkpoint_id = page.checkpoint_id
         returning o.declaration_id as id`,
};

/** What scans opened, once it is shut. */
export const dropOpenedDeclarations: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(dropOpened, [province, before, purgePageSize])).map(({ id }) => id);

const named = {
  name: 'citizens-named-by-declarations',
  text: `select w.id from unnest($2::uuid[]) as w (id)
         where exists (select from declaration d where d.province_code = $1 and d.citizen_id = w.id)
            or exists (select from declaration_held d where d.province_code = $1 and d.citizen_id = w.id)
            or w.id in (select o.citizen_id from opened_declaration o where o.province_code = $1 and o.citizen_id = any($2))`,
};

/** Which of these citizens a declaration, or what a scan opened of one, still names. */
export async function citizensNamedByDeclarations(tx: Transaction, province: string, ids: string[]): Promise<string[]> {
  return (await tx.rows<{ id: string }>(named, [province, ids])).map(({ id }) => id);
}
