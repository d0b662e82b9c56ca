import type { ColumnRow, Heads } from '../../platform/spreadsheet/read-columns.ts';
import type { ListShape } from '../../platform/spreadsheet/read-list.ts';

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

export const mostRows = 5_000;

export const accountList: ListShape<ImportField> = { heads, needed: 'fullName', most: mostRows, characters: 500 };
