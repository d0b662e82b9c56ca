import type { Transaction } from '../platform/database/transaction.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { Scope } from '../policy/policy.ts';
import { declarationColumns, type DeclarationRow } from './declaration.row.ts';

const columnList = declarationColumns.join(', ');

/** The partition key of an id; an id that is no UUIDv7 is nobody's, so any time will do. */
export const timeOf = (id: string): Date => new Date(uuid7Time(id) ?? 0);

const byId = {
  name: 'declarations-by-id',
  // Joined to the ids, never `id = any() and occurred_at = any()`: two arrays are tried against each other.
  text: `select d.* from unnest($2::uuid[], $3::timestamptz[]) as w (id, at)
         join declaration d on d.province_code = any($1) and d.id = w.id and d.occurred_at = w.at
         where $4::text[] is null or d.destination_address_unit_id = any($4)`,
};

// The usual case: with plain values only the one week's partition is opened, at half the cost.
const byOneId = {
  name: 'declaration-by-id',
  text: `select d.* from declaration d
         where d.province_code = any($1) and d.id = $2 and d.occurred_at = $3
           and ($4::text[] is null or d.destination_address_unit_id = any($4))`,
};

export function declarationsByIds(
  tx: Transaction,
  scope: Pick<Scope, 'provinces' | 'unitIds'>,
  ids: readonly string[],
): Promise<DeclarationRow[]> {
  const [id, ...others] = ids;
  if (id && others.length === 0) return tx.rows(byOneId, [scope.provinces, id, timeOf(id), scope.unitIds]);
  return tx.rows<DeclarationRow>(byId, [scope.provinces, ids, ids.map(timeOf), scope.unitIds]);
}

const openedById = { name: 'declarations-opened', text: 'select * from opened_declarations($1, $2, $3, $4)' };

/** Declarations of any province that a scan opened at one of these checkpoints in the last 24 hours. */
export function openedDeclarations(
  tx: Transaction,
  scope: Scope,
  ids: readonly string[],
  at: Date,
): Promise<DeclarationRow[]> {
  return tx.rows<DeclarationRow>(openedById, [scope.provinces, scope.checkpointIds ?? [], ids, at]);
}

const byHandle = {
  name: 'declaration-by-handle',
  text: `select d.* from declaration_handle h
         join declaration d on d.province_code = h.province_code and d.id = h.declaration_id and d.occurred_at = h.occurred_at
         where h.province_code = $1 and h.kind = $2 and h.handle = $3`,
};

export type HandleKind = 'CODE' | 'SECRET';

export async function declarationByHandle(
  tx: Transaction,
  province: string,
  kind: HandleKind,
  handle: Buffer,
): Promise<DeclarationRow | null> {
  const [row] = await tx.rows<DeclarationRow>(byHandle, [province, kind, handle]);
  return row ?? null;
}

const ofCode = { name: 'declaration-of-code', text: 'select * from declaration_of_code($1, $2)' };

/** The id of the declaration that a spoken code of any province leads to, and nothing else of it. */
export async function declarationIdOfCode(tx: Transaction, code: string): Promise<string | null> {
  const [row] = await tx.rows<{ declaration_id: string }>(ofCode, [code.slice(0, 2), Buffer.from(code)]);
  return row?.declaration_id ?? null;
}

const companions = {
  name: 'companions',
  text: `select * from declaration where province_code = any($1) and submission_id = any($2) and occurred_at >= $3
         order by id limit 1000`,
};
/** How far the ids of one submission, and an id and the moment it was submitted, lie apart at the most. */
export const longestApart = 15 * 86_400_000;

/** All declarations of these submissions; a submission's ids lie within 15 days, which names the partitions. */
export function declarationsOfSubmissions(
  tx: Transaction,
  provinces: readonly string[],
  submissions: readonly string[],
): Promise<DeclarationRow[]> {
  const earliest = Math.min(...submissions.map((id) => timeOf(id).getTime()));
  return tx.rows<DeclarationRow>(companions, [provinces, submissions, new Date(earliest - longestApart)]);
}

const openByIdentifier = {
  name: 'open-declarations-by-identifier',
  text: `select * from declaration where province_code = $1 and (id_number_hmac = any($2) or phone_hmac = any($3)
           or citizen_id = any(array(select m.citizen_id from people_merged(array[$1::text], array(
             select k.citizen_id from citizen_document k where k.province_code = $1 and (k.hmac = any($2) or k.hmac_next = any($2)))) m)))
         and submitted_at > $4 and valid_until > $5 and withdrawn_at is null order by submitted_at desc limit 20`,
};
const validityBound = 8 * 86_400_000;

/** Declarations still open, found by the hashes of an ID number, under any number of its holder, or of a phone number. */
export function openDeclarationsBy(
  tx: Transaction,
  province: string,
  hashes: { idNumber: Buffer[]; phone: Buffer[] },
  at: Date,
): Promise<DeclarationRow[]> {
  return tx.rows<DeclarationRow>(openByIdentifier, [
    province,
    hashes.idNumber,
    hashes.phone,
    new Date(at.getTime() - validityBound),
    at,
  ]);
}

const placeholders = (rows: number, columns: number): string =>
  Array.from(
    { length: rows },
    (_, row) => `(${Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`).join(', ')})`,
  ).join(', ');

/** Multi-row VALUES: the fastest form, and the one a cluster takes (findings/distribution.md rule 11). */
export async function insertDeclarations(tx: Transaction, rows: DeclarationRow[]): Promise<Set<string>> {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const values = sorted.flatMap((row) =>
    declarationColumns.map((column) =>
      column === 'health' || column === 'warnings' ? JSON.stringify(row[column]) : row[column],
    ),
  );
  const text = insertText(sorted.length);
  const inserted = await tx.batch<{ id: string }>(text, values);
  return new Set(inserted.map(({ id }) => id));
}

const insertTexts = new Map<number, string>();
function insertText(rows: number): string {
  const known = insertTexts.get(rows);
  if (known) return known;
  const text = [
    'insert into declaration (',
    columnList,
    ') values ',
    placeholders(rows, declarationColumns.length),
    ' on conflict do nothing returning id',
  ].join('');
  insertTexts.set(rows, text);
  return text;
}

const addHandles = {
  name: 'add-handles',
  text: `insert into declaration_handle (province_code, kind, handle, declaration_id, occurred_at)
         select $1, h.* from unnest($2::text[], $3::bytea[], $4::uuid[], $5::timestamptz[]) as h
         on conflict do nothing returning kind, declaration_id`,
};

export interface Handle {
  kind: HandleKind;
  handle: Buffer;
  declarationId: string;
}

export async function insertHandles(tx: Transaction, province: string, handles: Handle[]): Promise<number> {
  const rows = await tx.rows(addHandles, [
    province,
    handles.map(({ kind }) => kind),
    handles.map(({ handle }) => handle),
    handles.map(({ declarationId }) => declarationId),
    handles.map(({ declarationId }) => timeOf(declarationId)),
  ]);
  return rows.length;
}

const withdraw = {
  name: 'withdraw',
  text: `update declaration set withdrawn_at = coalesce(withdrawn_at, $4)
         where province_code = $1 and id = $2 and occurred_at = $3 returning *`,
};

export async function withdrawDeclaration(tx: Transaction, row: DeclarationRow, at: Date): Promise<DeclarationRow> {
  const [withdrawn] = await tx.rows<DeclarationRow>(withdraw, [row.province_code, row.id, row.occurred_at, at]);
  return withdrawn ?? row;
}
