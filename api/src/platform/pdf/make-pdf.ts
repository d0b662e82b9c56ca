import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Unavailable } from '../graphql/problems.ts';

const longestMs = 30_000;
const heapMb = 256;
const mostAtOnce = 2;
let running = 0;

/** A PDF of a paper as pdfmake describes it, plain data. Letters are composed: others come apart when the text is read. */
export async function makePdf(paper: object): Promise<Buffer> {
  if (running >= mostAtOnce) throw new Unavailable('Other papers are being made.');
  running += 1;
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    workerData: JSON.parse(JSON.stringify(paper).normalize('NFC')) as object,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  try {
    const [pdf] = (await once(worker, 'message', { signal: AbortSignal.timeout(longestMs) })) as [Uint8Array];
    return Buffer.from(pdf);
  } finally {
    running -= 1;
    await worker.terminate();
  }
}
