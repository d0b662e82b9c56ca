import { csvBegin, csvLine } from '../shared/csv.ts';
import { vietnamMoment } from '../shared/vietnam-date.ts';
import type { FileCell, FilePages, FileTable } from './file-column.ts';

const textOf = (cell: FileCell): string => (cell instanceof Date ? vietnamMoment(cell) : String(cell ?? ''));

/** A CSV file as it comes to be: no more of it is in memory than one page. */
export async function* writeCsv<Row>({ columns }: FileTable<Row>, pages: FilePages<Row>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvBegin + csvLine(columns.map(({ heading }) => heading)));
  for await (const page of pages)
    yield Buffer.from(page.map((row) => csvLine(columns.map(({ value }) => textOf(value(row))))).join(''));
}
