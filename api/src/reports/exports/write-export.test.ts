import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Part } from './export-orders.queries.ts';
import type { FileSource } from './file-source.ts';
import { writeExport } from './write-export.ts';

const pageRows = 2_000;
const source: FileSource<number> = {
  table: {
    name: 'Số',
    columns: [
      { heading: 'Số', value: (row) => row },
      {
        heading: 'Chữ',
        value: (row) => `hàng ${(row * 7_919_777) % 1_000_003} của ${(row * 104_729) % 999_983}, Thanh Hóa`,
      },
      { heading: 'Lúc', value: (row) => new Date(row * 1_000), moments: true },
    ],
  },
  count: async () => 0,
  page: async () => [],
  placeOf: (row) => [String(row)],
};
const pageUpTo = (rows: number) => async (after: string[] | null) => {
  const from = Number(after?.[0] ?? 0);
  return Array.from({ length: Math.min(pageRows, rows - from) }, (_, at) => from + at + 1);
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** What is held in memory and cannot be let go, in bytes. */
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('a file in parts', () => {
  it.each(['CSV', 'XLSX'] as const)(
    'is written in memory that does not grow with its rows: %s',
    async (format) => {
      const rows = 400_000;
      const samples: Array<{ size: number; held: number }> = [];
      let size = 0;
      const store = async ({ number, bytes }: Part) => {
        size += bytes.length;
        if (number % 2 === 0) samples.push({ size, held: held() });
      };
      const written = await writeExport({ format, source, page: pageUpTo(rows), mostRows: 1_000_000, store });
      expect(written).toMatchObject({ rows, bytes: size });
      const [early, late] = [samples.slice(0, 2), samples.slice(-2)];
      const grown = Math.min(...late.map((one) => one.held)) - Math.max(...early.map((one) => one.held));
      const between = (late[0]?.size ?? 0) - (early[1]?.size ?? 0);
      expect(between).toBeGreaterThan(5_000_000);
      // Whoever kept what was written would have grown by all of it.
      expect(grown).toBeLessThan(between / 4);
    },
    60_000,
  );

  it('is cut where more rows came than were counted', async () => {
    const parts: Part[] = [];
    const store = async (part: Part) => void parts.push(part);
    const written = await writeExport({ format: 'CSV', source, page: pageUpTo(9_000), mostRows: 4_321, store });
    expect(written.rows).toBe(4_321);
    expect(
      Buffer.concat(parts.map(({ bytes }) => bytes))
        .toString()
        .split('\r\n'),
    ).toHaveLength(4_321 + 2);
  });

  it('is of parts of one size, the last one but smaller', async () => {
    const parts: Part[] = [];
    const store = async (part: Part) => void parts.push(part);
    const written = await writeExport({ format: 'CSV', source, page: pageUpTo(60_000), mostRows: 100_000, store });
    expect(parts.map(({ number }) => number)).toEqual(parts.map((_, at) => at));
    expect(new Set(parts.slice(0, -1).map(({ bytes }) => bytes.length))).toEqual(new Set([1_048_576]));
    expect(parts.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(written.bytes);
    expect(parts.at(-1)?.rows).toBe(60_000);
  });
});
