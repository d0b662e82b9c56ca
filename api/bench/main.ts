// npm run bench: the figures of the issue against references measured in the same run. See README.md beside this file.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { accountsFigure } from './figures/accounts.ts';
import { auditFigure } from './figures/audit-entry.ts';
import { declarationFigure } from './figures/declaration.ts';
import { graphFigures } from './figures/graph-frame.ts';
import { exportFigures } from './figures/exports.ts';
import { liveDelayFigures } from './figures/live-delay.ts';
import { liveFigures } from './figures/live.ts';
import { listFigures } from './figures/list.ts';
import { PassageInputs } from './figures/passage-inputs.ts';
import { batchFigure } from './figures/record-batches.ts';
import { movementFigures } from './figures/movement-report.ts';
import { secondLockFigures } from './figures/second-lock.ts';
import { registryFigures } from './figures/registry-jobs.ts';
import { singleFigure } from './figures/record-singles.ts';
import { searchFigure } from './figures/search.ts';
import { startFigures } from './figures/start.ts';
import { tracingFigures } from './figures/tracing.ts';
import { loadProvince } from './data/load.ts';
import { startPostgres } from './postgres.ts';
import { printJson, printTable } from './report.ts';
import { small, whole } from './sizes.ts';
import { setStage, type Stage } from './stage.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    /** Only figures whose name begins so. */
    only: { type: 'string' },
    /** A directory that keeps the data for the next run. */
    keep: { type: 'string' },
    /** Arguments of Node for the server under test, such as --cpu-prof. */
    node: { type: 'string', default: '' },
  },
});

const say = (text: string) => console.error(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${text}`);
const sizes = options.small ? small : whole;

const steps: Array<[string, (stage: Stage) => Promise<Figure[]>]> = [
  ['declaration', async (stage) => [await declarationFigure(stage)]],
  [
    'record-500-by-declaration',
    async (stage) => [await batchFigure(stage, await PassageInputs.of(stage), 'declarationId')],
  ],
  ['record-500-by-pass', async (stage) => [await batchFigure(stage, await PassageInputs.of(stage), 'qrPayload')]],
  ['record-500-audited', async (stage) => [await auditFigure(stage, await PassageInputs.of(stage))]],
  ['record-1', async (stage) => [await singleFigure(stage, await PassageInputs.of(stage))]],
  ['accounts', async (stage) => [await accountsFigure(stage)]],
  ['passages', listFigures],
  ['export', exportFigures],
  ['second-lock', secondLockFigures],
  ['live-p99', liveDelayFigures],
];
const wanted = (name: string) => !options.only || name.startsWith(options.only);

async function figuresOnStage(): Promise<Figure[]> {
  say('Starting PostgreSQL and loading a province …');
  const postgres = await startPostgres(options.keep);
  try {
    const { passages } = await loadProvince(postgres.url, sizes);
    say(
      `${sizes.people.toLocaleString('en')} people, ${passages.toLocaleString('en')} passages over ${sizes.days} days.`,
    );
    const stage = await setStage(postgres.url, sizes, options.node);
    try {
      const figures: Figure[] = [];
      for (const [name, take] of steps.filter(([step]) => wanted(step))) {
        say(`Measuring ${name} …`);
        figures.push(...(await take(stage)));
      }
      return figures;
    } finally {
      await stage.stop();
    }
  } finally {
    await postgres.stop();
  }
}

const starts = wanted('start') ? await startFigures(say) : [];
const registry = wanted('registry-jobs') ? await registryFigures(say, options.small) : [];
const graph = wanted('graph-frame') ? await graphFigures(say) : [];
const live = wanted('live-fan-out') ? await liveFigures(say, options.small) : [];
const movement = wanted('movement-report') ? await movementFigures(say, options.small, options.keep) : [];
const tracing = wanted('tracing') ? await tracingFigures(say, options.small) : [];
const search = wanted('search') ? [await searchFigure(say, options.small)] : [];
const figures = [
  ...starts,
  ...search,
  ...live,
  ...movement,
  ...tracing,
  ...registry,
  ...graph,
  ...(steps.some(([name]) => wanted(name)) ? await figuresOnStage() : []),
];
if (options.json) figures.forEach(printJson);
else printTable(figures);
process.exit(figures.some(({ met }) => met === false) ? 1 : 0);
