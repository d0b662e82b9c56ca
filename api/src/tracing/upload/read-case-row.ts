import { fold } from '../../platform/shared/text.ts';
import { readBirthDate } from '../../people/shared/birth-date.ts';
import { readIdNumber, type IdNumber } from '../../people/shared/id-number.ts';
import type { CaseStatus } from '../case.row.ts';
import { daysOfCase } from '../new-case.ts';
import type { CaseCells } from './case-columns.ts';
import type { RowProblem } from './upload.problems.ts';

/** What a row says, as far as its cells could be read. */
export interface CaseOnRow {
  cells: CaseCells;
  idNumber: IdNumber;
  status: CaseStatus;
  days: Record<(typeof daysOfCase)[number], string | null>;
}

const confirmed = ['', 'xac dinh', 'ca xac dinh', 'duong tinh', 'f0', 'confirmed', 'positive'];
const suspected = ['nghi ngo', 'ca nghi ngo', 'nghi nhiem', 'suspected'];

/** A row, or the first thing in it to mend. A list of the day is of confirmed cases where nothing else is written. */
export function readCaseRow(cells: CaseCells, today: string): CaseOnRow | { cells: CaseCells; problem: RowProblem } {
  const idNumber = readNumber(cells.idNumber);
  if (!idNumber) return { cells, problem: { code: 'ID_NUMBER' } };
  const word = fold(cells.status);
  const status = confirmed.includes(word) ? 'CONFIRMED' : suspected.includes(word) ? 'SUSPECTED' : null;
  if (!status) return { cells, problem: { code: 'STATUS' } };
  const days = { onsetOn: null, sampledOn: null, confirmedOn: null } as CaseOnRow['days'];
  for (const field of daysOfCase) {
    if (cells[field] === '') continue;
    const day = readBirthDate(cells[field]);
    if (day?.length !== '2021-08-23'.length) return { cells, problem: { code: 'DAY', field } };
    if (day > today) return { cells, problem: { code: 'FUTURE', field } };
    days[field] = day;
  }
  return { cells, idNumber, status, days };
}

/** Spreadsheet programs take the zeros off a number's beginning: 12 digits with one or two, 9 digits with one. */
function readNumber(text: string): IdNumber | null {
  const digits = text.replace(/[\s.\-–']/gu, '');
  if (/^\d{10,11}$/.test(digits)) return readIdNumber(digits.padStart(12, '0'));
  return readIdNumber(/^\d{8}$/.test(digits) ? digits.padStart(9, '0') : text);
}
