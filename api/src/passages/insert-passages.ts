import type { AuditValues } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newUuid7, uuid7Time } from '../platform/shared/uuid7.ts';
import { passageColumns, type PassageRow } from './passage.row.ts';

const width = passageColumns.length;
const keptTexts = 64;
const texts = new Map<number, string>();

/** The statement for a batch of a size: insert, one event and one audit entry, in one round trip. */
function textFor(rows: number): string {
  const known = texts.get(rows);
  if (known) return known;
  const tuples = Array.from(
    { length: rows },
    (_, row) => `(${passageColumns.map((_column, column) => `$${row * width + column + 1}`).join(',')})`,
  );
  const next = (offset: number) => `$${rows * width + offset}`;
  const text = [
    'with added as (insert into passage (',
    passageColumns.join(','),
    ') values ',
    tuples.join(','),
    ' on conflict do nothing returning id), ',
    'event as (insert into outbox (province_code, id, created_at, topic, payload) select ',
    `${next(1)}, ${next(2)}::uuid, ${next(3)}::timestamptz, 'passages.recorded', jsonb_build_object('ids', jsonb_agg(id)) from added having count(*) > 0), `,
    'entry as (insert into audit_entry (province_code, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id, reason, detail, leaf_hash) select ',
    `${next(1)}, ${next(4)}::uuid, ${next(5)}::timestamptz, ${next(6)}::uuid, ${next(7)}, ${next(8)}, ${next(9)}, ${next(10)}, ${next(11)}::uuid[], ${next(12)}::uuid, ${next(13)}, ${next(14)}::jsonb, ${next(15)}::bytea `,
    'from added having count(*) > 0) select id, pg_current_xact_id()::text as transaction from added',
  ].join('');
  if (texts.size < keptTexts) texts.set(rows, text);
  return text;
}

interface Added {
  id: string;
  transaction: string;
}

/** What was new, and the number of the transaction that wrote it: a snapshot says which of them it saw. */
export interface Inserted {
  ids: ReadonlySet<string>;
  transaction: number;
}

/**
 * Inserts what is new and answers its ids. Sorted by id: two clients with the same ids in another order would deadlock.
 * What is missing from the answer was there before, or lost to another correction.
 */
export async function insertPassages(tx: Transaction, rows: PassageRow[], entry: AuditValues): Promise<Inserted> {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const values: unknown[] = [];
  for (const row of sorted) for (const column of passageColumns) values.push(row[column]);
  const eventId = newUuid7();
  values.push(sorted[0]?.province_code, eventId, new Date(uuid7Time(eventId) ?? 0), ...entry.values);
  const text = textFor(sorted.length);
  // Most are sent one by one: that statement is kept by its name, which halves its cost.
  const added =
    sorted.length === 1
      ? await tx.rows<Added>({ name: 'insert-passage', text }, values)
      : await tx.batch<Added>(text, values);
  return { ids: new Set(added.map(({ id }) => id)), transaction: Number(added[0]?.transaction ?? 0) };
}
