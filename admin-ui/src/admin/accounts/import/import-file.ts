import { cells, type Cells } from './import-row.ts';

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The cells as they stand on the page, mended ones included, to be checked as the spreadsheet was. */
export function toFile(rows: readonly Cells[]): Blob {
  const head = 'full name,user name,roles,unit,checkpoints';
  const lines = rows.map((row) => cells.map((cell) => quoted(row[cell])).join(','));
  return new Blob([[head, ...lines].join('\n')]);
}
