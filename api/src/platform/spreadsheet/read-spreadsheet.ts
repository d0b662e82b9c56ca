import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Unavailable } from '../graphql/problems.ts';

export interface SheetRow {
  /** As the spreadsheet program counts: the first is 1. */
  number: number;
  cells: string[];
}

export const spreadsheetProblems = [
  'UNREADABLE',
  'LOCKED',
  'MACROS',
  'ENCODING',
  'TOO_MANY_ROWS',
  'TOO_LARGE',
] as const;
export type SpreadsheetProblem = (typeof spreadsheetProblems)[number];

export interface SpreadsheetLimits {
  rows: number;
  columns: number;
  /** Longer texts are cut. */
  characters: number;
}

const longestMs = 10_000;
const heapMb = 192;
/** Of all memory, what stands outside the heap of JavaScript included; Node itself sets half aside before it reads a line. */
const memoryKb = 1_000_000;
const longestAnswer = 20_000_000;
const mostAtOnce = 2;
let running = 0;

const answerShape = z.union([
  z.object({ rows: z.array(z.object({ number: z.number(), cells: z.array(z.string()) })) }),
  z.object({ problem: z.enum(spreadsheetProblems) }),
]);

/**
 * The rows of an XLSX file's first sheet, or of a CSV file, that hold anything. A crafted file meets a process of its own with
 * bounded memory and time, an empty environment, and no right to read, write or start anything; the values of formulas are
 * those that were stored.
 */
export async function readSpreadsheet(
  file: Uint8Array,
  limits: SpreadsheetLimits,
): Promise<{ rows: SheetRow[] } | { problem: SpreadsheetProblem }> {
  if (running >= mostAtOnce) throw new Unavailable('Other spreadsheets are being read.');
  running += 1;
  try {
    return await askReader(startReader(limits), file);
  } finally {
    running -= 1;
  }
}

const reader = fileURLToPath(new URL('./spreadsheet-reader.ts', import.meta.url));
const library = dirname(dirname(createRequire(import.meta.url).resolve('hucre/xlsx')));

function startReader({ rows, columns, characters }: SpreadsheetLimits): ChildProcess {
  const node = [
    process.execPath,
    '--permission',
    `--allow-fs-read=${reader}`,
    `--allow-fs-read=${library}/*`,
    `--max-old-space-size=${heapMb}`,
    '--v8-pool-size=1',
    reader,
    ...[rows, columns, characters].map(String),
  ];
  const bounded = ['-c', `ulimit -d ${memoryKb} && exec "$0" "$@"`, ...node];
  return spawn('/bin/sh', bounded, { env: {}, timeout: longestMs, killSignal: 'SIGKILL' });
}

function askReader(child: ChildProcess, file: Uint8Array): Promise<z.infer<typeof answerShape>> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    child.stdout?.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length > longestAnswer) child.kill('SIGKILL');
    });
    child.stderr?.resume();
    // Broken off where the process ended before it had read all.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(file);
    child.on('error', reject);
    child.on('close', (code) => {
      // Killed for its memory or its time: an honest file of this size needs neither.
      if (code !== 0) return resolve({ problem: 'TOO_LARGE' });
      resolve(answerShape.parse(JSON.parse(Buffer.concat(parts).toString())));
    });
  });
}
