import { writeXlsxStream } from 'hucre/xlsx';
import { onVietnamClock } from '../shared/vietnam-date.ts';
import type { FileCell, FilePages, FileTable } from './file-column.ts';

// The library writes a Date as its time in UTC: it is moved to what a clock in Viet Nam shows.
const cellOf = (cell: FileCell) => (cell instanceof Date ? onVietnamClock(cell) : cell);

/** A workbook of one sheet as it comes to be. Only this writer of the library keeps nothing of what it wrote. */
export function writeXlsx<Row>({ name, columns }: FileTable<Row>, pages: FilePages<Row>): AsyncIterable<Uint8Array> {
  const rows = async function* () {
    for await (const page of pages) for (const row of page) yield columns.map(({ value }) => cellOf(value(row)));
  };
  return writeXlsxStream(rows(), {
    name,
    columns: columns.map(({ heading, width, moments }) => ({
      header: heading,
      ...(width ? { width } : {}),
      ...(moments ? { numFmt: 'dd/mm/yyyy hh:mm' } : {}),
    })),
    freezePane: { rows: 1 },
  });
}
