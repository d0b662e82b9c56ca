import { sha256 } from '../platform/crypto/lookup.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { DeclarationRow } from './declaration.row.ts';

/** What was keyed in of a paper form: where its declaration stands. */
export interface KeyedInForm {
  number: string;
  declaration_province: string;
  declaration_id: string;
  occurred_at: Date;
}

const takeTurns = {
  name: 'take-turns-on-forms',
  text: 'select pg_advisory_xact_lock(turn) from (select unnest($1::bigint[]) as turn order by 1) t',
};
const keyedIn = {
  name: 'forms-keyed-in',
  text: `select convert_from(handle, 'UTF8') as number, declaration_province, declaration_id, occurred_at from declaration_handle
         where province_code = $1 and kind = 'PAPER_FORM' and handle = any($2)`,
};

/**
 * The forms of these numbers, read as they are written, that were keyed in at a checkpoint of a province. Whoever asks for the
 * same number waits until this transaction has ended: a form and its passage, sent at once, never miss each other.
 */
export async function formsKeyedIn(
  tx: Transaction,
  province: string,
  numbers: readonly string[],
): Promise<Map<string, KeyedInForm>> {
  if (numbers.length === 0) return new Map();
  const turns = numbers.map((number) => sha256(`form ${province} ${number}`).readBigInt64BE());
  await tx.rows(takeTurns, [[...new Set(turns)].map(String)]);
  // In a statement of its own: it sees what they committed whom the one before waited for.
  const rows = await tx.rows<KeyedInForm>(keyedIn, [province, numbers.map((number) => Buffer.from(number))]);
  return new Map(rows.map((row) => [row.number, row]));
}

const add = {
  name: 'add-form',
  text: `insert into declaration_handle (province_code, kind, handle, declaration_id, occurred_at, declaration_province)
         values ($1, 'PAPER_FORM', $2, $3, $4, $5)`,
};

/** Keeps the number of a form of the checkpoint's province; only in the turn that formsKeyedIn took. */
export async function addForm(tx: Transaction, province: string, number: string, row: DeclarationRow): Promise<void> {
  await tx.rows(add, [province, Buffer.from(number), row.id, row.occurred_at, row.province_code]);
}
