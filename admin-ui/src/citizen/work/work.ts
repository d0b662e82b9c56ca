import { piecesOfWork } from '#api/declarations/shared/work-puzzle.ts';
import type { Demand } from './do-work.ts';

/** What was found, to be sent with the submission that it was asked for. */
export interface Work {
  challenge: string;
  answers: number[];
}

/** Has the work done in the background; `progress` goes from 0 to 1. Fails where the browser runs no worker. */
export function haveWorkDone(demand: Demand, progress: (share: number) => void): Promise<Work> {
  const worker = new Worker(new URL('./do-work.worker.ts', import.meta.url), { type: 'module' });
  const answers: number[] = [];
  progress(0);
  return new Promise<Work>((resolve, reject) => {
    worker.addEventListener('error', reject);
    worker.addEventListener('message', ({ data }: MessageEvent<number>) => {
      answers.push(data);
      progress(answers.length / piecesOfWork);
      if (answers.length === piecesOfWork) resolve({ challenge: demand.challenge, answers });
    });
    worker.postMessage({ challenge: demand.challenge, bits: demand.bits } satisfies Demand);
  }).finally(() => worker.terminate());
}
