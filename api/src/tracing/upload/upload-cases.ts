import { createHash } from 'node:crypto';
import type { Keys } from '../../platform/crypto/keys.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { uuidFromBytes, uuidToBytes } from '../../platform/shared/uuid7.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import type { Scope } from '../../policy/policy.ts';
import { onlyReached } from '../../passages/people-reached.service.ts';
import { peopleOfNumbers, type PersonOfNumber } from '../../people/people-of-numbers.service.ts';
import { comparedName, nameLikeness } from '../../people/shared/name-likeness.ts';
import type { IdNumber } from '../../people/shared/id-number.ts';
import type { CaseRow } from '../case.row.ts';
import { enterDeed } from '../enter-deed.ts';
import { openCases, type OpenOutcome, type Opening } from '../open-cases.ts';
import type { CaseCells } from './case-columns.ts';
import { readCaseRow, type CaseOnRow } from './read-case-row.ts';
import type { RowProblem } from './upload.problems.ts';

export const CaseUploadVerdict = {
  OPENED: 'OPENED',
  OPEN_ALREADY: 'OPEN_ALREADY',
  NOT_FOUND: 'NOT_FOUND',
  AMBIGUOUS: 'AMBIGUOUS',
  INVALID: 'INVALID',
} as const;
export type CaseUploadVerdict = keyof typeof CaseUploadVerdict;

export interface Upload {
  /** Made by the client: the ids of its cases follow from it, so that one sent again opens nothing twice. */
  id: string;
  justification: string;
}

export interface Verdict {
  cells: CaseCells;
  verdict: CaseUploadVerdict;
  /** Why it was not opened. */
  problem: RowProblem | null;
  /** The case that was opened, or that is open already. */
  row: CaseRow | null;
}

// Below it the bearer of the number is somebody else than the row names.
const leastAlike = 0.55;

/** Opens a case for each row that names one person by number. As many statements for hundreds as for one. */
export async function uploadCases(
  tx: Transaction,
  opening: Opening,
  keys: Keys,
  { id, justification }: Upload,
  list: readonly CaseCells[],
): Promise<Verdict[]> {
  const read = withoutTwice(list.map((cells) => readCaseRow(cells, vietnamDate(opening.at))));
  const clear = read.filter((row) => 'idNumber' in row);
  const numbers = clear.map(({ idNumber }) => idNumber);
  const bearers = await bearersReached(tx, opening.scope, keys, numbers);
  const judged = new Map(clear.map((row, at) => [row, personOf(row, bearers[at] ?? [])]));
  const named = [...judged].flatMap(([row, found]) => ('id' in found ? [{ row, citizenId: found.id }] : []));
  const inputs = named.map(({ row, citizenId }) => ({
    id: caseIdOf(id, row.cells.number),
    citizenId,
    status: row.status,
    justification,
    ...row.days,
  }));
  const outcomes = await openCases(tx, opening, inputs, { uploadId: id });
  const opened = new Map(named.map(({ row }, at) => [row, outcomes[at]]));
  const verdicts = read.map((row) => {
    if (!('idNumber' in row)) return { cells: row.cells, verdict: 'INVALID' as const, problem: row.problem, row: null };
    const found = judged.get(row);
    return found && 'code' in found ? refused(row.cells, found) : toVerdict(row.cells, opened.get(row));
  });
  await enter(tx, opening, { id, justification }, verdicts);
  return verdicts;
}

/** Who bears each of these numbers; of somebody out of reach the verdict on a row tells nothing. */
async function bearersReached(
  tx: Transaction,
  scope: Scope,
  keys: Keys,
  numbers: readonly IdNumber[],
): Promise<PersonOfNumber[][]> {
  const bearers = await peopleOfNumbers(tx, keys, scope.provinces, numbers);
  const reached = new Set(await onlyReached(tx, scope, bearers.flat()));
  return bearers.map((of) => of.filter((person) => reached.has(person)));
}

type Read = ReturnType<typeof readCaseRow>;

/** Of two rows with one number the first counts. */
function withoutTwice(rows: readonly Read[]): Read[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    if (!('idNumber' in row)) return row;
    const other = first.get(row.idNumber);
    if (other === undefined) first.set(row.idNumber, row.cells.number);
    return other === undefined ? row : { cells: row.cells, problem: { code: 'TWICE', about: String(other) } };
  });
}

function personOf({ cells }: CaseOnRow, bearers: readonly PersonOfNumber[]): PersonOfNumber | RowProblem {
  const [person, ...others] = bearers;
  if (!person) return { code: 'NOT_FOUND' };
  if (others.length > 0) return { code: 'SEVERAL' };
  const alike = nameLikeness(comparedName(cells.fullName), comparedName(person.full_name)).covered >= leastAlike;
  return cells.fullName === '' || alike ? person : { code: 'OTHER_NAME' };
}

const verdictOf: Partial<Record<RowProblem['code'], CaseUploadVerdict>> = {
  NOT_FOUND: 'NOT_FOUND',
  SEVERAL: 'AMBIGUOUS',
  OTHER_NAME: 'AMBIGUOUS',
  OPEN_ALREADY: 'OPEN_ALREADY',
};

const refused = (cells: CaseCells, problem: RowProblem, row: CaseRow | null = null): Verdict => ({
  ...{ cells, problem, row },
  verdict: verdictOf[problem.code] ?? 'INVALID',
});

function toVerdict(cells: CaseCells, outcome: OpenOutcome | undefined): Verdict {
  if (outcome?.kind === 'OPENED') return { cells, verdict: 'OPENED', problem: null, row: outcome.row };
  if (outcome?.kind === 'OPEN_ALREADY') return refused(cells, { code: 'OPEN_ALREADY' }, outcome.row);
  return refused(cells, { code: outcome?.kind ?? 'NOT_FOUND' });
}

/** A UUIDv7 of the upload's time that is its own for each row of it. */
export function caseIdOf(uploadId: string, row: number): string {
  const bytes = uuidToBytes(uploadId);
  bytes.set(createHash('sha256').update(`${uploadId}/${row}`).digest().subarray(0, 10), 6);
  const [version = 0, variant = 0] = [bytes[6], bytes[8]];
  bytes.set([0x70 | (version & 0x0f)], 6);
  bytes.set([0x80 | (variant & 0x3f)], 8);
  return uuidFromBytes(bytes);
}

/** The upload as a whole: each case that it opened is an entry of its own. */
async function enter(
  tx: Transaction,
  { viewer, territory }: Opening,
  { id, justification }: Upload,
  verdicts: readonly Verdict[],
): Promise<void> {
  const count = (verdict: CaseUploadVerdict) => verdicts.filter((one) => one.verdict === verdict).length;
  const { accountId, jurisdiction } = viewer;
  await enterDeed(
    tx,
    { accountId, unitId: jurisdiction.unitId },
    {
      provinceCode: territory.byId(jurisdiction.unitId).provinceCode,
      action: 'case.upload',
      subjectIds: [],
      reason: justification,
      detail: {
        uploadId: id,
        rows: verdicts.length,
        opened: count('OPENED'),
        openAlready: count('OPEN_ALREADY'),
        notFound: count('NOT_FOUND'),
        ambiguous: count('AMBIGUOUS'),
        invalid: count('INVALID'),
      },
    },
  );
}
