import { readColumns, type ColumnRow, type Heads } from './read-columns.ts';
import { readSpreadsheet, type SpreadsheetProblem } from './read-spreadsheet.ts';

/** A list of people that somebody keeps in a spreadsheet. */
export interface ListShape<Field extends string> {
  heads: Heads<Field>;
  /** The column without which no row is a head. */
  needed: NoInfer<Field>;
  /** How many rows it may have. */
  most: number;
  /** Longer texts are cut. */
  characters: number;
}

export type ListProblem = SpreadsheetProblem | 'NO_HEAD' | 'EMPTY';

const titleRows = 10;
const mostColumns = 30;

/** Its rows below the head, or why they cannot be read. */
export async function readList<Field extends string>(
  file: Uint8Array,
  { heads, needed, most, characters }: ListShape<Field>,
): Promise<{ rows: Array<ColumnRow<Field>> } | { problem: ListProblem }> {
  const sheet = await readSpreadsheet(file, { rows: most + titleRows, columns: mostColumns, characters });
  if ('problem' in sheet) return sheet;
  const rows = readColumns(sheet.rows, heads, needed);
  if (!rows) return { problem: 'NO_HEAD' };
  if (rows.length === 0) return { problem: 'EMPTY' };
  return rows.length > most ? { problem: 'TOO_MANY_ROWS' } : { rows };
}
