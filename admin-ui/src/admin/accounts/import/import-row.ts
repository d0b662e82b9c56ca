import type { CheckAccountImportQuery } from '../../../gql/admin/graphql.ts';

export const cells = ['fullName', 'username', 'roles', 'unit', 'checkpoints'] as const;
export type Cell = (typeof cells)[number];
export type Cells = Record<Cell, string>;

type Read = Extract<CheckAccountImportQuery['accountImport'], { rows: unknown }>['rows'][number];

/** One person of the spreadsheet, from its cells to the password. */
export interface ImportRow extends Cells {
  /** In the spreadsheet. */
  number: number;
  /** Made once: sent again, nobody is created twice. */
  id: string;
  problems: Partial<Record<Cell, string>>;
  account: NonNullable<Read['account']> | null;
  /** A cell was mended and is not checked yet. */
  mended: boolean;
  created: boolean;
  /** Here only, until it is on a slip; null for who has none yet. */
  oneTimePassword: string | null;
}

export function toRow({ row, account, problems, ...read }: Read, id: string): ImportRow {
  const { fullName, username, roles, unit, checkpoints } = read;
  return {
    ...{ number: row, id, fullName, username, roles, unit, checkpoints },
    problems: byCell(problems),
    account: account ?? null,
    mended: false,
    created: false,
    oneTimePassword: null,
  };
}

const cellOf: Record<string, Cell> = { unitCode: 'unit', checkpointIds: 'checkpoints', id: 'username' };

/** The first problem of each cell; paths of an account's input are cells by another name. */
export function byCell(problems: readonly { path: string; message: string }[]): Partial<Record<Cell, string>> {
  const found: Partial<Record<Cell, string>> = {};
  for (const { path, message } of problems) {
    const cell = cells.find((each) => each === path) ?? cellOf[path] ?? 'fullName';
    found[cell] ??= message;
  }
  return found;
}

export const isWrong = (row: ImportRow): boolean => Object.keys(row.problems).length > 0;
export const isReady = (row: ImportRow): boolean =>
  row.account !== null && !row.created && !row.mended && !isWrong(row);
