import { writeAudits } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { CitizenKey } from '../people/citizens.service.ts';
import { idsOf, provincesOf } from '../people/of-people.service.ts';
import type { Asker } from './asker.ts';
import { tellConfirmed } from './confirmed-cases.events.ts';
import type { CaseRow } from './case.row.ts';
import type { ContactRow, FollowUpStatus } from './contact.row.ts';
import { citizensOfEach } from './same-citizens.ts';
import { citizenOf } from './trace/traced-people.ts';
import { traceCasesOfContacts } from './trace-orders.queries.ts';

const testedPositive = {
  name: 'contacts-tested-positive',
  text: `update case_contact c set status = 'TESTED_POSITIVE', contacted_at = coalesce(c.contacted_at, $3), updated_at = $3, updated_by = $4
         from (select distinct * from unnest($1::text[], $2::uuid[]) as w (province_code, citizen_id)) p
         join case_contact b on b.province_code = p.province_code and b.citizen_id = p.citizen_id
         where c.province_code = b.province_code and c.case_id = b.case_id and c.citizen_id = b.citizen_id
           and (c.linked or c.status <> 'NOT_CONTACTED') and c.status <> 'TESTED_POSITIVE'
         returning c.province_code, c.citizen_id, c.case_id, c.case_province, b.status as before`,
};

type PositiveContact = Pick<ContactRow, 'province_code' | 'citizen_id' | 'case_id' | 'case_province'> & {
  before: FollowUpStatus;
};

/** Who acted, as the audit trail has it. */
type Actor = Record<'actorId' | 'role' | 'unitId', string | null>;

/** From now on the tasks that these people are say so; answers those that did not, each entered in its province. */
export async function markPositive(
  tx: Transaction,
  citizens: readonly CitizenKey[],
  at: Date,
  actor: Actor,
): Promise<PositiveContact[]> {
  const values = [provincesOf(citizens), idsOf(citizens), at, actor.actorId];
  const marked = await tx.rows<PositiveContact>(testedPositive, values);
  await writeAudits(
    tx,
    marked.map(({ province_code: provinceCode, citizen_id, case_id: caseId, before }) => ({
      ...{ ...actor, provinceCode, action: 'follow-up.update', subjectKind: 'citizen', subjectIds: [citizen_id] },
      detail: { caseId, status: 'TESTED_POSITIVE', before },
    })),
  );
  return marked;
}

/**
 * Whoever was a contact and is a confirmed case now: their tasks say so, and the cases that they belong to are traced again. At once
 * in the tracer's own provinces, and in their name; beyond them by the worker, which tells nobody whose case it is.
 */
export async function contactsBecomeCases(
  tx: Transaction,
  provinces: readonly string[],
  confirmed: ReadonlyArray<Pick<CaseRow, 'province_code' | 'id' | 'citizen_id'>>,
  asker: Asker,
): Promise<void> {
  if (confirmed.length === 0) return;
  const citizens = (await citizensOfEach(tx, provinces, confirmed.map(citizenOf))).flat();
  const actor = { actorId: asker.accountId, role: 'TRACER', unitId: asker.unitId };
  const marked = await markPositive(tx, citizens, asker.at, actor);
  await traceCasesOfContacts(tx, marked, asker);
  await tellConfirmed(tx, provinces, confirmed);
}
