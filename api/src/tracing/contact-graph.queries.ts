import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';
import type { ContactRow } from './contact.row.ts';
import type { ExposureKind, ExposureRow, LinkReview } from './exposure.row.ts';

const contactColumns = `province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
  exposures, linked, status, until::text, isolated_at, notes, found_at, contacted_at, updated_at`;

const contacts = {
  name: 'contacts-of-case',
  text: `select ${contactColumns} from case_contact where province_code = any($1) and case_id = $2
         order by generation, first_exposed_at, citizen_id limit $3`,
};

/** Nearest first; those of other provinces than the scope's are counted only. */
export function contactsOfCase(tx: Transaction, scope: Scope, caseId: string, most: number): Promise<ContactRow[]> {
  return tx.rows<ContactRow>(contacts, [scope.provinces, caseId, most]);
}

const exposures = {
  name: 'exposures-of-case',
  text: `select e.province_code, e.source_id, e.target_province, e.target_id, e.generation, e.kind, e.at, e.minutes_apart, e.checkpoint_id, e.plate,
           coalesce(r.review, 'NONE') as review
         from exposure e
         left join link_review r on r.province_code = e.province_code and r.case_id = e.case_id and r.source_id = e.source_id
           and r.target_id = e.target_id and r.kind = e.kind
         where e.province_code = any($1) and e.target_province = any($1) and e.case_id = $2 order by e.place limit $3`,
};

export function exposuresOfCase(tx: Transaction, scope: Scope, caseId: string, most: number): Promise<ExposureRow[]> {
  return tx.rows<ExposureRow>(exposures, [scope.provinces, caseId, most]);
}

export interface Link {
  caseId: string;
  source: string;
  target: string;
  kind: ExposureKind;
}

const linkProvince = {
  name: 'province-of-link',
  text: `select province_code from exposure
         where province_code = any($1) and case_id = $2 and source_id = $3 and target_id = $4 and kind = $5 limit 1`,
};

/** Where a link of the newest trace stands; null where there is none that the scope reaches. */
export async function provinceOfLink(tx: Transaction, scope: Scope, link: Link): Promise<string | null> {
  const values = [scope.provinces, link.caseId, link.source, link.target, link.kind];
  const [row] = await tx.rows<{ province_code: string }>(linkProvince, values);
  return row?.province_code ?? null;
}

const review = {
  name: 'review-link',
  text: `insert into link_review (province_code, case_id, source_id, target_id, kind, review, reason, reviewed_at, reviewed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint link_review_pkey do update set review = excluded.review, reason = excluded.reason,
           reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by`,
};

export async function storeReview(
  tx: Transaction,
  province: string,
  { caseId, source, target, kind }: Link,
  { review: decided, reason, at, by }: { review: LinkReview; reason: string; at: Date; by: string },
): Promise<void> {
  await tx.rows(review, [province, caseId, source, target, kind, decided, reason, at, by]);
}

const nameContact = {
  name: 'name-contact',
  text: `insert into named_contact (province_code, case_id, id, one_id, other_id, met_at, reason, entered_at, entered_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
};

export interface NewNamedContact {
  id: string;
  oneId: string;
  otherId: string;
  metAt: Date;
  reason: string;
  at: Date;
  by: string;
}

export async function storeNamedContact(
  tx: Transaction,
  { province, caseId }: { province: string; caseId: string },
  { id, oneId, otherId, metAt, reason, at, by }: NewNamedContact,
): Promise<void> {
  await tx.rows(nameContact, [province, caseId, id, oneId, otherId, metAt, reason, at, by]);
}
