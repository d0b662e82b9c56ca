import { dropHandlesOfWeek, keepHeldDeclarations } from '../declarations/declaration-retention.service.ts';
import { keepHeldPassages } from '../passages/passage-retention.service.ts';
import type { Database } from '../platform/database/database.ts';
import { inTransaction, noRows, wholeProvinces } from '../platform/database/transaction.ts';
import { nilUuid } from '../platform/shared/uuid7.ts';
import { enterEvidence } from './evidence.ts';
import { daysBefore } from './retention-days.ts';

export type WeeklyTable = 'passage' | 'declaration' | 'outbox' | 'audit_access' | 'audit_entry';

interface Week {
  /** Its Monday, as the partition is named: 20260803. */
  name: string;
  from: Date;
  to: Date;
}

const weekMs = 7 * 86_400_000;
const partitionsOf = {
  name: 'partitions-of',
  text: `select substring(c.relname from '\\d{8}$') as week from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = to_regclass($1) order by c.relname`,
};
const dropWeek = { name: 'drop-past-week', text: 'select * from drop_past_week($1, $2)' };

/** Drops the weeks of a table that ended longer ago than the days it is kept, oldest first, after copying what is held. */
export async function dropPastWeeks(
  database: Database,
  provinces: readonly string[],
  table: WeeklyTable,
  days: number,
  at: Date,
): Promise<void> {
  const rows = await inTransaction(database, noRows, (tx) => tx.rows<{ week: string }>(partitionsOf, [table]));
  const due = rows.map(({ week }) => weekOf(week)).filter(({ to }) => to <= daysBefore(at, days));
  for (const week of due) {
    for (const province of provinces) await prepare(database, province, table, week);
    await dropOne(database, provinces, table, week);
  }
}

function weekOf(name: string): Week {
  const from = new Date(`${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6)}T00:00:00Z`);
  return { name, from, to: new Date(from.getTime() + weekMs) };
}

/** A page a transaction; what was done before a crash is not done again. */
async function prepare(database: Database, province: string, table: WeeklyTable, week: Week): Promise<void> {
  const scope = wholeProvinces([province]);
  const keep = { passage: keepHeldPassages, declaration: keepHeldDeclarations }[table as string];
  for (let more = keep !== undefined; more && keep;)
    more = await inTransaction(database, scope, (tx) => keep(tx, province, week.from, week.to));
  if (table !== 'declaration') return;
  for (let after: string | null = nilUuid; after;) {
    const from: string = after;
    after = await inTransaction(database, scope, (tx) => dropHandlesOfWeek(tx, province, week, from));
  }
}

/** The week and its evidence go in one transaction. */
async function dropOne(
  database: Database,
  provinces: readonly string[],
  table: WeeklyTable,
  week: Week,
): Promise<void> {
  await inTransaction(database, wholeProvinces(provinces), async (tx) => {
    const dropped = await tx.rows<{ province_code: string; dropped: number; ids_digest: Buffer }>(dropWeek, [
      table,
      week.from.toISOString().slice(0, 10),
    ]);
    for (const { province_code, dropped: rows, ids_digest } of dropped) {
      const digest = ids_digest.toString('hex');
      await enterEvidence(tx, province_code, { table, from: week.from, to: week.to, rows, digest });
    }
  });
}
