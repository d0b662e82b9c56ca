import type { Transaction } from '../../platform/database/transaction.ts';
import type { ReviewRow } from './trace.queries.ts';
import type { Citizen } from './traced-people.ts';

const contacts = {
  name: 'take-along-contacts',
  // Of several who are one now, the one that was worked on last goes on; where the other has a task that was worked on, both stay.
  text: `with moved as materialized (
           select distinct on (m.province_code, m.to_id) m.* from unnest($2::text[], $3::uuid[], $4::uuid[]) with ordinality
             as m (province_code, from_id, to_id, place) order by m.province_code, m.to_id, m.place)
         , free as (
           delete from case_contact k using moved m where k.province_code = m.province_code and k.case_id = $1 and k.citizen_id = m.to_id
             and k.status = 'NOT_CONTACTED' and k.notes is null)
         select m.province_code, m.from_id, m.to_id from moved m
         where not exists (select from case_contact k where k.province_code = m.province_code and k.case_id = $1 and k.citizen_id = m.to_id
           and (k.status <> 'NOT_CONTACTED' or k.notes is not null))`,
};
const rename = {
  name: 'rename-contacts',
  text: `update case_contact c set citizen_id = m.to_id from unnest($2::text[], $3::uuid[], $4::uuid[]) as m (province_code, from_id, to_id)
         where c.province_code = m.province_code and c.case_id = $1 and c.citizen_id = m.from_id`,
};

/** Tasks of people who stand as another of their province now; no statement where there is none. */
export async function moveContacts(
  tx: Transaction,
  caseId: string,
  moves: ReadonlyArray<{ from: Citizen; to: Citizen }>,
): Promise<void> {
  if (moves.length === 0) return;
  const free = await tx.rows<{ province_code: string; from_id: string; to_id: string }>(contacts, [
    caseId,
    moves.map(({ from }) => from.province),
    moves.map(({ from }) => from.id),
    moves.map(({ to }) => to.id),
  ]);
  await tx.rows(rename, [
    caseId,
    free.map((row) => row.province_code),
    free.map((row) => row.from_id),
    free.map((row) => row.to_id),
  ]);
}

const reviews = {
  name: 'take-along-reviews',
  text: `insert into link_review as r (province_code, case_id, source_id, target_province, target_id, kind, review, reason, reviewed_at, reviewed_by)
         select distinct on (m.source_province, m.source, m.target, m.kind)
           m.source_province, $1::uuid, m.source, m.target_province, m.target, m.kind, o.review, o.reason, o.reviewed_at, o.reviewed_by
         from unnest($2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::uuid[])
           as m (old_province, old_source, old_target, kind, source_province, source, target_province, target)
         join link_review o on o.province_code = m.old_province and o.case_id = $1 and o.source_id = m.old_source
           and o.target_id = m.old_target and o.kind = m.kind
         order by m.source_province, m.source, m.target, m.kind, o.reviewed_at desc
         on conflict on constraint link_review_pkey do update set review = excluded.review, reason = excluded.reason,
           reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by
         where r.reviewed_at < excluded.reviewed_at`,
};

/** Decisions on links between people who stand as others now; what was decided on those since counts before it. */
export async function moveReviews(
  tx: Transaction,
  caseId: string,
  moves: ReadonlyArray<{ row: ReviewRow; source: Citizen; target: Citizen }>,
): Promise<void> {
  if (moves.length === 0) return;
  await tx.rows(reviews, [
    caseId,
    moves.map(({ row }) => row.province_code),
    moves.map(({ row }) => row.source_id),
    moves.map(({ row }) => row.target_id),
    moves.map(({ row }) => row.kind),
    moves.map(({ source }) => source.province),
    moves.map(({ source }) => source.id),
    moves.map(({ target }) => target.province),
    moves.map(({ target }) => target.id),
  ]);
}
