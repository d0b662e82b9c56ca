import { elsewhere, writeAudit } from '../platform/audit/audit.ts';
import { signedIn } from '../policy/policy.ts';
import type { CitizenRow } from '../people/citizen.entity.ts';
import type { DeclarationRow } from '../declarations/declarations.service.ts';
import type { Scanner } from './scanned.ts';

/** Every scan is entered: by the declarations it showed, or by the citizen where it showed none. */
export async function enterScan(
  { context, tx, checkpoint }: Scanner,
  rows: DeclarationRow[],
  citizen: CitizenRow | null = null,
): Promise<void> {
  const viewer = signedIn(context);
  const ofCitizen = rows.length === 0 && citizen !== null;
  const subjects = (ofCitizen ? [citizen] : rows).map((row) => ({ id: row.id, provinceCode: row.province_code }));
  const subjectIds = subjects.map(({ id }) => id);
  context.trail.entered(subjectIds);
  await writeAudit(tx, {
    provinceCode: checkpoint.provinceCode,
    actorId: viewer.accountId,
    role: 'OFFICER',
    unitId: viewer.jurisdiction.unitId,
    action: 'declarations.scan',
    subjectKind: ofCitizen ? 'citizen' : 'declaration',
    subjectIds,
    checkpointId: checkpoint.id,
    detail: elsewhere(checkpoint.provinceCode, subjects),
  });
}
