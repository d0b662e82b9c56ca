import { streamXlsxRows } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { FileTable } from './file-column.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

interface Row {
  at: Date;
  name: string;
  count: number | null;
}
const table: FileTable<Row> = {
  name: 'Lượt qua chốt',
  columns: [
    { heading: 'Lúc', value: ({ at }) => at, moments: true },
    { heading: 'Người', value: ({ name }) => name, width: 20 },
    { heading: 'Số', value: ({ count }) => count },
  ],
};
/** Just before midnight in Viet Nam, which is another day in UTC. */
const rows: Row[] = [
  { at: new Date('2021-08-23T16:59:00Z'), name: 'Nguyễn T. H.', count: 3 },
  { at: new Date('2021-08-23T17:01:00Z'), name: '=1+1', count: null },
];
async function* pages() {
  yield rows.slice(0, 1);
  yield rows.slice(1);
}
async function bytesOf(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a file that is written page by page', () => {
  it('as CSV has the clock of Viet Nam, no formula, and an empty cell for nothing', async () => {
    expect((await bytesOf(writeCsv(table, pages()))).toString()).toBe(
      "\uFEFFLúc,Người,Số\r\n23/08/2021 23:59,Nguyễn T. H.,3\r\n24/08/2021 00:01,'=1+1,\r\n",
    );
  });

  it('as a workbook is read back as it was: dates as a clock in Viet Nam shows them, texts as texts', async () => {
    const file = await bytesOf(writeXlsx(table, pages()));
    const read: unknown[][] = [];
    for await (const { values } of streamXlsxRows(file)) read.push(values);
    expect(read[0]).toEqual(['Lúc', 'Người', 'Số']);
    const [first, second] = read.slice(1).map(([at, ...rest]) => [(at as Date).toISOString().slice(0, 16), ...rest]);
    expect(first).toEqual(['2021-08-23T23:59', 'Nguyễn T. H.', 3]);
    expect(second?.slice(0, 2)).toEqual(['2021-08-24T00:01', '=1+1']);
  });
});
