import { checkpointsInScope } from '../../checkpoints/checkpoints.service.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { newUuid7 } from '../../platform/shared/uuid7.ts';
import type { AccountProblem } from '../account.problems.ts';
import { takenAccounts } from '../accounts.queries.ts';
import { withCheckpointsElsewhere } from '../create-accounts.ts';
import { readAccount, type AccountDraft, type Administrator } from '../read-account.ts';
import { UnitFinder } from './find-unit.ts';
import type { ImportField, ImportRow } from './import-columns.ts';
import type { RowProblem } from './import.problems.ts';
import { keyOfCheckpoint, readRow, type Lookups, type ReadRow } from './read-row.ts';
import { suggestUsernames, usernameOf } from './suggest-usernames.ts';

export interface CheckedRow {
  row: ImportRow;
  /** What would be created; null where something is wrong. */
  draft: AccountDraft | null;
  problems: RowProblem[];
}

/** Tells for each row what creating it would answer, by the same rules, and writes nothing. A few statements for any number. */
export async function checkRows(tx: Transaction, by: Administrator, rows: readonly ImportRow[]): Promise<CheckedRow[]> {
  const lookups = await lookUp(tx, by);
  const read = rows.map((row) => readRow(row, lookups));
  const names = await namesFor(tx, read);
  const judged = read.map((one, at) => judge(one, names[at] ?? '', by));
  const drafts = judged.flatMap(({ draft }) => (draft ? [draft] : []));
  const astray = await withCheckpointsElsewhere(tx, drafts, by);
  const taken = await takenNames(
    tx,
    drafts.map(({ username }) => username),
  );
  const holders = rowsByName(judged);
  return judged.map((checked) => {
    const late = checked.draft ? lateProblems(checked.row, checked.draft, { astray, taken, holders }) : [];
    return late.length > 0 ? { row: checked.row, draft: null, problems: late } : checked;
  });
}

async function lookUp(tx: Transaction, { territory, viewer, scope }: Administrator): Promise<Lookups> {
  const ownUnit = territory.byId(viewer.jurisdiction.unitId);
  const checkpoints = await checkpointsInScope(tx, scope);
  return {
    units: new UnitFinder(territory, ownUnit),
    ownUnit,
    territory,
    checkpoints: new Map(checkpoints.map((one) => [keyOfCheckpoint(one.provinceCode, one.code), one])),
  };
}

const takenNames = async (tx: Transaction, names: string[]): Promise<Set<string>> =>
  new Set((await takenAccounts(tx, [], names)).map(({ username }) => username));

/** The user names as written; where none is, one is proposed. */
async function namesFor(tx: Transaction, read: readonly ReadRow[]): Promise<string[]> {
  const written = read.map(({ row }) => row.username.toLowerCase());
  const unnamed = read.filter(({ row }) => row.username === '');
  const wishes = unnamed.map(({ row, unit }) => usernameOf(row.fullName, unit?.code ?? 'vn'));
  const proposed = await suggestUsernames(wishes, new Set(written), (names) => takenNames(tx, names));
  return written.map((name) => name || (proposed.shift() ?? ''));
}

const cellOf: Record<AccountProblem['path'], ImportField> = {
  id: 'username',
  username: 'username',
  fullName: 'fullName',
  roles: 'roles',
  unitCode: 'unit',
  checkpointIds: 'checkpoints',
};

function judge(
  { row, roles, unit, checkpointIds, problems }: ReadRow,
  username: string,
  by: Administrator,
): CheckedRow {
  const { fullName } = row;
  const unitCode = unit?.code ?? '';
  const account = readAccount({ id: newUuid7(), username, fullName, roles, unitCode, checkpointIds }, by);
  const told = new Set(problems.map(({ path }) => path));
  const others = 'problems' in account ? account.problems : [];
  // A cell that could not be read is told as such, not as what is missing because of it.
  const more = others.map(({ path, code }) => ({ path: cellOf[path], code })).filter(({ path }) => !told.has(path));
  const all = [...problems, ...more];
  return { row, draft: all.length === 0 && 'draft' in account ? account.draft : null, problems: all };
}

function rowsByName(judged: readonly CheckedRow[]): Map<string, number[]> {
  const holders = new Map<string, number[]>();
  for (const { row, draft } of judged)
    if (draft) holders.set(draft.username, [...(holders.get(draft.username) ?? []), row.number]);
  return holders;
}

/** What only the other rows and the database know. */
function lateProblems(
  row: ImportRow,
  draft: AccountDraft,
  known: { astray: ReadonlySet<AccountDraft>; taken: ReadonlySet<string>; holders: ReadonlyMap<string, number[]> },
): RowProblem[] {
  const other = known.holders.get(draft.username)?.find((number) => number !== row.number);
  return [
    ...(known.taken.has(draft.username) ? [{ path: 'username', code: 'TAKEN' } as const] : []),
    ...(other ? [{ path: 'username', code: 'TWICE', about: String(other) } as const] : []),
    ...(known.astray.has(draft) ? [{ path: 'checkpoints', code: 'UNKNOWN_CHECKPOINT' } as const] : []),
  ];
}
