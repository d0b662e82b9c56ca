import type { CheckpointTable } from '../platform/database/tables.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';
import { Checkpoint, type CheckpointKind } from './checkpoint.entity.ts';

const columns = 'id, code, name, unit_id, province_code, kind, latitude, longitude, active, closes_at, created_at';
const inScope = {
  name: 'checkpoints-in-scope',
  // In the order of code points, as the pages are cut in the application.
  text: `select ${columns} from checkpoint
         where province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and ($3::uuid[] is null or id = any($3))
         order by province_code collate "C", code collate "C"`,
};
const byIds = { name: 'checkpoints-by-ids', text: `select ${columns} from checkpoint where id = any($1)` };
const withCode = {
  name: 'checkpoint-with-code',
  text: 'select id from checkpoint where province_code = $1 and code = $2',
};
const leftBehind = {
  name: 'officers-left-behind',
  text: `select count(*)::integer as count from account_checkpoint ac join account a on a.id = ac.account_id
         where ac.checkpoint_id = $1 and a.unit_id <> all($2)`,
};
const oneAtATime = { name: 'lock-checkpoints', text: 'select pg_advisory_xact_lock(3802030)' };

/** As a column of its own statement, or inside the JSON that another row brings along. */
export type CheckpointRow = CheckpointTable & { closes_at: Date | string | null; created_at: Date | string };

/** Every checkpoint of a scope, by province and code; the whole country had 1,891 (domain.md section 2). */
export async function checkpointsInScope(
  tx: Transaction,
  { provinces, unitIds, checkpointIds }: Scope,
): Promise<Checkpoint[]> {
  const rows = await tx.rows<CheckpointRow>(inScope, [provinces, unitIds, checkpointIds]);
  return rows.map(toCheckpoint);
}

/** By id, whoever asks: for those who reached a row that names them. */
export async function checkpointsByIds(tx: Transaction, ids: readonly string[]): Promise<Checkpoint[]> {
  const rows = await tx.rows<CheckpointRow>(byIds, [ids]);
  return rows.map(toCheckpoint);
}

export async function checkpointIdWithCode(
  tx: Transaction,
  provinceCode: string,
  code: string,
): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(withCode, [provinceCode, code]);
  return row?.id ?? null;
}

/** How many of those who are assigned stand at none of these units: a checkpoint there would be out of their reach. */
export async function officersLeftBehind(tx: Transaction, id: string, unitIds: readonly string[]): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(leftBehind, [id, unitIds]);
  return row?.count ?? 0;
}

/** Checkpoints are saved one at a time: what was checked still holds when it is written. */
export async function lockCheckpoints(tx: Transaction): Promise<void> {
  await tx.rows(oneAtATime, []);
}

export function toCheckpoint({
  unit_id,
  province_code,
  closes_at,
  created_at,
  kind,
  ...rest
}: CheckpointRow): Checkpoint {
  const closesAt = closes_at === null ? null : new Date(closes_at);
  const renamed = { unitId: unit_id, provinceCode: province_code, closesAt, createdAt: new Date(created_at) };
  return Object.assign(new Checkpoint(), { ...rest, ...renamed, kind: kind as CheckpointKind });
}
