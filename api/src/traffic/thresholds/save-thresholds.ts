import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { badInput } from '../../platform/graphql/problems.ts';
import type { Viewer } from '../../policy/viewer.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import type { TrafficThresholdsInput } from './thresholds.entity.ts';
import { readThresholds, writeThresholds } from './thresholds.queries.ts';
import { thresholdBounds, type Thresholds } from './thresholds.ts';

const names = Object.keys(thresholdBounds) as Array<keyof Thresholds>;

/** Sets them for a unit; sent twice, the second time changes nothing and enters nothing. */
export async function saveThresholds(
  tx: Transaction,
  by: { viewer: Viewer; at: Date },
  unit: AdministrativeUnit,
  input: TrafficThresholdsInput,
): Promise<void> {
  const wanted = inBounds(input);
  const known = (await readThresholds(tx)).get(unit.id);
  const changed = names.filter((name) => known?.[name] !== wanted[name]);
  if (changed.length === 0) return;
  await writeThresholds(tx, unit.id, wanted, by.at);
  const of = (set: Thresholds) => Object.fromEntries(changed.map((name) => [name, set[name]]));
  await writeAudit(tx, {
    provinceCode: unit.provinceCode,
    actorId: by.viewer.accountId,
    role: 'ADMIN',
    unitId: by.viewer.jurisdiction.unitId,
    action: 'traffic-thresholds.change',
    subjectIds: [],
    detail: { unitCode: unit.code, ...(known ? { before: of(known) } : {}), after: of(wanted) },
  });
}

/** Throws BAD_USER_INPUT with all problems at once. */
function inBounds(input: TrafficThresholdsInput): Thresholds {
  const problems = names.flatMap((name) => {
    const [least, most] = thresholdBounds[name];
    if (input[name] >= least && input[name] <= most) return [];
    return [[`input.${name}`, { vi: `Từ ${least} đến ${most}.`, en: `From ${least} to ${most}.` }]];
  });
  if (problems.length > 0) throw badInput(Object.fromEntries(problems) as Record<string, { vi: string; en: string }>);
  return Object.fromEntries(names.map((name) => [name, input[name]])) as unknown as Thresholds;
}
