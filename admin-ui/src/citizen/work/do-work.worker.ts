import { doWork, type Demand } from './do-work.ts';

/** Does the work beside the page, and tells each answer as it is found. */
addEventListener('message', ({ data }: MessageEvent<Demand>) => {
  for (const answer of doWork(data)) postMessage(answer);
});
