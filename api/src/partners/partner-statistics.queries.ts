import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';
import type { Direction } from '../passages/passage.entity.ts';

export interface CellRow {
  day: string;
  unit_id: string;
  direction: Direction;
  passages: number;
}

const cells = {
  name: 'partner-statistics',
  // Of a province that others were merged into each code has a cell; they are told as one.
  text: `select day, unit_id, direction, sum(passages)::integer as passages from partner_statistic
         where province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and day between $3 and $4
         group by day, unit_id, direction order by day, unit_id, direction`,
};

export const cellsBetween = (
  tx: Transaction,
  { provinces, unitIds }: Pick<Scope, 'provinces' | 'unitIds'>,
  from: string,
  to: string,
): Promise<CellRow[]> => tx.rows<CellRow>(cells, [provinces, unitIds, from, to]);
