import { createHash } from 'node:crypto';
import { writeCsv } from '../../platform/spreadsheet/write-csv.ts';
import { writeXlsx } from '../../platform/spreadsheet/write-xlsx.ts';
import type { FilePages } from '../../platform/spreadsheet/file-column.ts';
import type { ExportFormat } from './export.row.ts';
import type { Part, Written } from './export-orders.queries.ts';
import type { FileSource } from './file-source.ts';

/** What a row of parts holds at most (export_part_size). */
const partSize = 1_048_576;

interface Writing<Row> {
  format: ExportFormat;
  source: FileSource<Row>;
  /** The next rows, in a transaction of its own. */
  page: (after: string[] | null) => Promise<readonly Row[]>;
  /** More rows than this are not written, though they came since they were counted. */
  mostRows: number;
  store: (part: Part) => Promise<void>;
}

/** Writes a file in parts: of however many rows there is one page and one part in memory. */
export async function writeExport<Row>({ format, source, page, mostRows, store }: Writing<Row>): Promise<Written> {
  const written = { rows: 0, bytes: 0 };
  const hash = createHash('sha256');
  const pages = pagesOf(source, page, mostRows, (rows) => (written.rows += rows));
  const file = format === 'CSV' ? writeCsv(source.table, pages) : writeXlsx(source.table, pages);
  let number = 0;
  for await (const bytes of inParts(file)) {
    hash.update(bytes);
    written.bytes += bytes.length;
    await store({ number, bytes, rows: written.rows });
    number += 1;
  }
  return { ...written, sha256: hash.digest() };
}

async function* pagesOf<Row>(
  { placeOf }: FileSource<Row>,
  page: Writing<Row>['page'],
  mostRows: number,
  count: (rows: number) => void,
): FilePages<Row> & AsyncGenerator<readonly Row[]> {
  let left = mostRows;
  let last: Row | undefined;
  do {
    const rows = (await page(last === undefined ? null : placeOf(last))).slice(0, left);
    last = rows.at(-1);
    left -= rows.length;
    count(rows.length);
    if (rows.length > 0) yield rows;
  } while (last !== undefined && left > 0);
}

/** The same bytes in pieces of one size, the last one but smaller. */
async function* inParts(file: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file) {
    gathered.push(chunk);
    size += chunk.length;
    while (size >= partSize) {
      const all = Buffer.concat(gathered);
      yield all.subarray(0, partSize);
      const rest = all.subarray(partSize);
      [gathered, size] = [[rest], rest.length];
    }
  }
  if (size > 0) yield Buffer.concat(gathered);
}
