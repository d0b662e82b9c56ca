import { fold } from '../shared/text.ts';
import type { SheetRow } from './read-spreadsheet.ts';

/** The names by which people call each column, folded: they write heads with and without diacritics. */
export type Heads<Field extends string> = Record<Field, readonly string[]>;
/** One row of a spreadsheet, as its cells have it. */
export type ColumnRow<Field extends string> = { number: number } & Record<Field, string>;

const heightOfTitles = 10;

/** The rows below the head, which may have a title above it; null where no row names the column that each row needs. */
export function readColumns<Field extends string>(
  rows: readonly SheetRow[],
  heads: Heads<Field>,
  needed: NoInfer<Field>,
): Array<ColumnRow<Field>> | null {
  const fields = Object.keys(heads) as Field[];
  const at = rows.slice(0, heightOfTitles).findIndex(({ cells }) => columnsOf(cells, heads)[needed] >= 0);
  const head = rows[at];
  if (!head) return null;
  const columns = columnsOf(head.cells, heads);
  return rows
    .slice(at + 1)
    .map(({ number, cells }) => {
      const texts = fields.map((field): [Field, string] => [field, cells[columns[field]]?.trim() ?? '']);
      return { number, ...(Object.fromEntries(texts) as Record<Field, string>) };
    })
    .filter((row) => fields.some((field) => row[field] !== ''));
}

function columnsOf<Field extends string>(cells: readonly string[], heads: Heads<Field>): Record<Field, number> {
  const names = cells.map((cell) => fold(cell).replace(/\s*[*:(].*$/, ''));
  const fields = Object.keys(heads) as Field[];
  const places = fields.map((field) => [field, names.findIndex((name) => heads[field].includes(name))]);
  return Object.fromEntries(places) as Record<Field, number>;
}
