import { createLogger } from '#api/platform/observability/logger.ts';
import { TraceWorker } from '#api/tracing/trace/trace-worker.service.ts';
import type { Figure } from '../../figure.ts';
import type { Bench } from './on-database.ts';
import { openBenchCases } from './traced.ts';

const sinceDays = 14;
const lookMs = 100;

interface Seen {
  reached_generation: number;
  people: number;
  links: number;
  due: boolean;
}

/** F3 of many people, stored by the worker with contacts, links and holds, while its progress is read as a page reads it. */
export async function jobFigure({ owner, database }: Bench, least: number): Promise<Figure> {
  const [one] = await openBenchCases(owner, database, 1, sinceDays);
  const id = one?.row.id;
  await owner.query(`update case_trace set status = 'RUNNING', generations = 3, due_at = now() where case_id = $1`, [
    id,
  ]);
  const look = async () => {
    const { rows } = await owner.query<Seen>(
      'select reached_generation, people, links, due_at is not null as due from case_trace where case_id = $1',
      [id],
    );
    return rows[0];
  };
  const worker = new TraceWorker({
    database,
    logger: createLogger('error'),
    now: () => new Date(),
    mostUnapproved: 2_000,
  });
  const steps = new Set<string>();
  const looking = setInterval(
    () => void look().then((seen) => seen && steps.add(`F${seen.reached_generation}: ${seen.people}`)),
    lookMs,
  );
  const started = performance.now();
  await worker.drain();
  const seconds = (performance.now() - started) / 1000;
  clearInterval(looking);
  const seen = await look();
  const people = seen?.people ?? 0;
  return {
    name: 'tracing-f3-job',
    what: `F3 of ${people} people as a job with progress, stored: each a contact with where they stay, ${seen?.links} links, each held`,
    unit: 's',
    value: seconds,
    reference: null,
    ratio: null,
    goal: null,
    met: !seen?.due && steps.size > 1 && people >= least,
    notes: [`progress as it was read meanwhile: ${[...steps].join(', ')}`],
  };
}
