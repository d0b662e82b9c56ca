import type { SheetRow } from '../../platform/spreadsheet/read-spreadsheet.ts';
import { fold } from '../../platform/shared/text.ts';

export const importFields = ['fullName', 'username', 'roles', 'unit', 'checkpoints'] as const;
export type ImportField = (typeof importFields)[number];

/** One person of the spreadsheet, as its cells have it. */
export type ImportRow = { number: number } & Record<ImportField, string>;

// Folded: people write heads with and without diacritics.
const heads: Record<ImportField, readonly string[]> = {
  fullName: ['ho va ten', 'ho ten', 'ho va ten can bo', 'ten can bo', 'full name', 'name'],
  username: ['ten dang nhap', 'ten tai khoan', 'tai khoan', 'user name', 'username', 'login'],
  roles: ['vai tro', 'quyen', 'chuc nang', 'role', 'roles'],
  unit: ['don vi', 'ma don vi', 'dia ban', 'unit', 'unit code'],
  checkpoints: ['chot', 'ma chot', 'cac chot', 'chot truc', 'checkpoint', 'checkpoints', 'checkpoint codes'],
};
const heightOfTitles = 10;

/** The rows below the head, which may have a title above it; null where no row names a column of names. */
export function readColumns(rows: readonly SheetRow[]): ImportRow[] | null {
  const at = rows.slice(0, heightOfTitles).findIndex(({ cells }) => columnsOf(cells).fullName >= 0);
  const head = rows[at];
  if (!head) return null;
  const columns = columnsOf(head.cells);
  return rows
    .slice(at + 1)
    .map(({ number, cells }) => {
      const texts = importFields.map((field): [ImportField, string] => [field, cells[columns[field]]?.trim() ?? '']);
      return { number, ...(Object.fromEntries(texts) as Record<ImportField, string>) };
    })
    .filter((row) => importFields.some((field) => row[field] !== ''));
}

function columnsOf(cells: readonly string[]): Record<ImportField, number> {
  const names = cells.map((cell) => fold(cell).replace(/\s*[*:(].*$/, ''));
  const places = importFields.map((field) => [field, names.findIndex((name) => heads[field].includes(name))]);
  return Object.fromEntries(places) as Record<ImportField, number>;
}
