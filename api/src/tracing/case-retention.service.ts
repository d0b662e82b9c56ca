import { purgePageSize, type PurgePage } from '../platform/database/purging.ts';

const drop = {
  name: 'drop-closed-cases',
  text: `with page as materialized (
           select id from epidemic_case where province_code = $1 and closed_at < $2 order by id limit $3)
         , traces as (delete from case_trace t using page where t.province_code = $1 and t.case_id = page.id)
         , reviews as (delete from link_review r using page where r.province_code = $1 and r.case_id = page.id)
         , named as (delete from named_contact n using page where n.province_code = $1 and n.case_id = page.id)
         , links as (delete from exposure x using page where x.province_code = $1 and x.case_id = page.id)
         , contacts as (delete from case_contact c using page where c.province_code = $1 and c.case_id = page.id)
         delete from epidemic_case e using page where e.province_code = $1 and e.id = page.id returning e.id`,
};

/** A case goes with all that was found in its province, so long after it was closed. */
export const dropClosedCases: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(drop, [province, before, purgePageSize])).map(({ id }) => id);

const strays = {
  name: 'drop-stray-contacts',
  text: `with page as materialized (
           select c.case_id, c.citizen_id from case_contact c
           where c.province_code = $1 and c.case_province <> $1 and c.updated_at < $2 and c.until < $2
             and not exists (select from citizen_hold h where h.province_code = $1 and h.citizen_id = c.citizen_id and h.ended_at is null
               and h.reason = 'contact of case ' || c.case_id)
           order by c.case_id, c.citizen_id limit $3)
         , links as (delete from exposure x using page where x.province_code = $1 and x.case_id = page.case_id
             and (x.source_id = page.citizen_id or (x.target_province = $1 and x.target_id = page.citizen_id)))
         delete from case_contact c using page where c.province_code = $1 and c.case_id = page.case_id and c.citizen_id = page.citizen_id
         returning c.citizen_id as id`,
};

/** Contacts here of another province's case go once that let go of them, each with the own links. */
export const dropStrayContacts: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(strays, [province, before, purgePageSize])).map(({ id }) => id);
