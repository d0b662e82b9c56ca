import { readColumns as readAll, type ColumnRow, type Heads } from '../../platform/spreadsheet/read-columns.ts';
import type { SheetRow } from '../../platform/spreadsheet/read-spreadsheet.ts';

export type ImportField = 'fullName' | 'username' | 'roles' | 'unit' | 'checkpoints';

/** One person of the spreadsheet, as its cells have it. */
export type ImportRow = ColumnRow<ImportField>;

const heads: Heads<ImportField> = {
  fullName: ['ho va ten', 'ho ten', 'ho va ten can bo', 'ten can bo', 'full name', 'name'],
  username: ['ten dang nhap', 'ten tai khoan', 'tai khoan', 'user name', 'username', 'login'],
  roles: ['vai tro', 'quyen', 'chuc nang', 'role', 'roles'],
  unit: ['don vi', 'ma don vi', 'dia ban', 'unit', 'unit code'],
  checkpoints: ['chot', 'ma chot', 'cac chot', 'chot truc', 'checkpoint', 'checkpoints', 'checkpoint codes'],
};

/** The rows below the head; null where no row names a column of names. */
export const readColumns = (rows: readonly SheetRow[]): ImportRow[] | null => readAll(rows, heads, 'fullName');
