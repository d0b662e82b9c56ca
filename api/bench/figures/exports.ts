import { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openDatabase, withRole } from '#api/platform/database/database.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { ExportWorker } from '#api/reports/exports/export-worker.service.ts';
import { ask } from '../ask.ts';
import type { Figure } from '../figure.ts';
import { benchConfig } from '../settings.ts';
import type { Stage } from '../stage.ts';

const mostGrown = 48;
const mebibyte = 2 ** 20;

/** All passages of the province as a file: ordered over HTTP, made by the worker in this process, and fetched. */
export async function exportFigures(stage: Stage): Promise<Figure[]> {
  const { keys, rolePasswords } = benchConfig(stage.ownerUrl);
  const database = await openDatabase({
    url: withRole(stage.ownerUrl, 'cordon_worker', rolePasswords.worker),
    poolSize: 4,
    entities: [],
    longestMs: 600_000,
    onError: () => undefined,
  });
  const worker = new ExportWorker({
    database,
    keys,
    secondFactorObligatory: false,
    logger: createLogger('error'),
    now: () => new Date(),
    mostRows: 1_048_575,
    keptHours: 24,
  });
  try {
    const figures: Figure[] = [];
    for (const format of ['CSV', 'XLSX'] as const) figures.push(await figureOf(stage, worker, format));
    return figures;
  } finally {
    await database.close();
  }
}

async function figureOf(stage: Stage, worker: ExportWorker, format: 'CSV' | 'XLSX'): Promise<Figure> {
  const id = newUuid7();
  const asked = [stage.cordonUrl, stage.cookies.administrator] as const;
  await ask(
    ...asked,
    `
      mutation ($id: ID!, $format: ExportFormat!) {
        requestPassageExport(id: $id, filter: {}, format: $format, reason: "đo tốc độ xuất tệp") {
          id
        }
      }
    `,
    { id, format },
  );
  const watched = watchHeap();
  const started = performance.now();
  await worker.drain();
  const seconds = (performance.now() - started) / 1000;
  const grown = watched.stop();
  const { export: made } = await ask<{ export: { rows: number; bytes: number; status: string; url: string } }>(
    ...asked,
    'query ($id: ID!) { export(id: $id) { status rows bytes url } }',
    { id },
  );
  const fetched = await fetchBytes(new URL(made.url, stage.cordonUrl), stage.cookies.administrator);
  if (made.status !== 'READY' || fetched !== made.bytes) throw new Error(`${made.status}, ${fetched} of ${made.bytes}`);
  return {
    name: `export-${format.toLowerCase()}`,
    what: `${made.rows.toLocaleString('en')} passages as ${format}, ${(made.bytes / 1e6).toFixed(0)} MB, ordered and fetched over HTTP`,
    unit: 'rows/s',
    value: made.rows / seconds,
    reference: null,
    ratio: null,
    goal: null,
    met: grown < mostGrown,
    notes: [
      `the heap and its buffers grew by ${grown.toFixed(1)} MiB at most after collecting; the goal is ${mostGrown}`,
    ],
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** By how much what cannot be let go grew, at most, in MiB: since a moment after the start, when the units are read. */
function watchHeap() {
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / mebibyte;
  };
  let before: number | null = null;
  let most = 0;
  const look = () => {
    most = Math.max(most, held());
    before ??= most;
  };
  const watching = setInterval(look, 2_000);
  return {
    stop(): number {
      clearInterval(watching);
      return most - (before ?? most);
    },
  };
}

async function fetchBytes(url: URL, cookie: string): Promise<number> {
  const response = await fetch(url, { headers: { cookie } });
  let bytes = 0;
  const count = new Writable({
    write(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done();
    },
  });
  await response.body?.pipeTo(Writable.toWeb(count));
  return bytes;
}
