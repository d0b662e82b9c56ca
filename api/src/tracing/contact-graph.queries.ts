import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';
import type { BareLink, ExposureKind, ExposureRow, LinkReview } from './exposure.row.ts';

const exposures = {
  name: 'exposures-of-case',
  text: `select e.province_code, e.place, e.source_id, e.target_province, e.target_id, e.generation, e.kind, e.at, e.minutes_apart, e.checkpoint_id, e.plate,
           coalesce(r.review, 'NONE') as review
         from exposure e
         left join link_review r on r.province_code = e.province_code and r.case_id = e.case_id and r.source_id = e.source_id
           and r.target_id = e.target_id and r.kind = e.kind
         where e.province_code = any($1) and e.target_province = any($1) and e.case_id = $2 order by e.place limit $3`,
};

export function exposuresOfCase(tx: Transaction, scope: Scope, caseId: string, most: number): Promise<ExposureRow[]> {
  return tx.rows<ExposureRow>(exposures, [scope.provinces, caseId, most]);
}

const bareLinks = { name: 'links-of-case', text: 'select * from links_of_case($1, $2)' };

/** All links of a case that the reader may see, of every province, naming nobody beyond the reader's. */
export const linksOfCase = (tx: Transaction, caseId: string, most: number): Promise<BareLink[]> =>
  tx.rows<BareLink>(bareLinks, [caseId, most]);

export interface Link {
  caseId: string;
  source: string;
  target: string;
  kind: ExposureKind;
}

const linkProvinces = {
  name: 'provinces-of-link',
  text: `select province_code as source, target_province as target from exposure
         where province_code = any($1) and case_id = $2 and source_id = $3 and target_id = $4 and kind = $5 limit 1`,
};

/** Of the one who passed it on, and of the other. */
export interface LinkProvinces {
  source: string;
  target: string;
}

/** Where the two of a link of the newest trace stand; null where there is none that the scope reaches. */
export async function provincesOfLink(tx: Transaction, scope: Scope, link: Link): Promise<LinkProvinces | null> {
  const values = [scope.provinces, link.caseId, link.source, link.target, link.kind];
  const [row] = await tx.rows<LinkProvinces>(linkProvinces, values);
  return row ?? null;
}

const review = {
  name: 'review-link',
  text: `insert into link_review (province_code, case_id, source_id, target_id, kind, review, reason, reviewed_at, reviewed_by, target_province)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict on constraint link_review_pkey do update set review = excluded.review, reason = excluded.reason,
           reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by, target_province = excluded.target_province`,
};

export async function storeReview(
  tx: Transaction,
  provinces: LinkProvinces,
  { caseId, source, target, kind }: Link,
  { review: decided, reason, at, by }: { review: LinkReview; reason: string; at: Date; by: string },
): Promise<void> {
  const { source: province, target: targetProvince } = provinces;
  await tx.rows(review, [province, caseId, source, target, kind, decided, reason, at, by, targetProvince]);
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
