import type { Transaction } from '../../platform/database/transaction.ts';
import { awaitsDecision } from '../../territory/succession.service.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';

const count = {
  name: 'count-at-units',
  text: `select (select count(*) from account where unit_id = any($1))::int as accounts,
           (select count(*) from checkpoint where unit_id = any($1))::int as checkpoints`,
};

/** How much stands on a day at units that no one unit took the place of: for the operator who brings a reform. */
export async function countUnsettled(
  tx: Transaction,
  units: readonly AdministrativeUnit[],
  on: string,
): Promise<{ accounts: number; checkpoints: number }> {
  const ids = units.filter((unit) => awaitsDecision(unit, on)).map(({ id }) => id);
  const [row] = await tx.rows<{ accounts: number; checkpoints: number }>(count, [ids]);
  return row ?? { accounts: 0, checkpoints: 0 };
}
