import { compare } from '../compare.ts';
import { CpuMeter } from '../cpu.ts';
import { comparedFigure, type Figure } from '../figure.ts';
import { Process } from '../processes/calls.ts';
import type { Read, Reading } from '../processes/second-lock.ts';
import { provinceCode } from '../settings.ts';
import { secondLockReaders } from '../sizes.ts';
import type { Stage } from '../stage.ts';

const dayMs = 86_400_000;
const goal = 0.7;
const reads: Read[] = ['declaration by id', '20 declarations', '20 passages', 'count of a day'];

interface Viewer {
  name: string;
  scope: Reading['viewer'];
  ids: string[];
}

/** What row-level security costs: the same transactions by the API's role and by one that no policy binds. */
export async function secondLockFigures(stage: Stage): Promise<Figure[]> {
  const process = new Process('./second-lock.ts', stage.roles);
  const meter = new CpuMeter(stage.owner, process.pid, 'cordon');
  try {
    const figures: Figure[] = [];
    for (const viewer of await viewersOf(stage))
      for (const read of reads) figures.push(await figureOf(stage, process, meter, viewer, read));
    return figures;
  } finally {
    await process.stop();
  }
}

async function figureOf(stage: Stage, process: Process, meter: CpuMeter, viewer: Viewer, read: Read): Promise<Figure> {
  const isCount = read === 'count of a day';
  const moments = Array.from({ length: 40 }, (_, at) => new Date(Date.now() - dayMs * (1 + at / 2)));
  const { scope, ids } = viewer;
  const run = async (bound: boolean, count: number) => {
    const reading: Reading = { bound, read, viewer: scope, ids, moments, count, connections: secondLockReaders };
    const { seconds, rows } = await process.call<{ seconds: number; rows: number }>('run', reading);
    if (rows === 0) throw new Error(`${read} of the ${viewer.name} found nothing.`);
    return seconds;
  };
  const warm = 40;
  await run(true, warm);
  const perRound = Math.max(warm, Math.round((warm * stage.sizes.roundSeconds) / 2 / (await run(true, warm))));
  const side = (bound: boolean) => ({ meter, run: () => run(bound, perRound) });
  const comparison = await compare(side(true), side(false), stage.sizes.rounds, 1, true);
  const name = `second-lock-${viewer.name}-${read.replaceAll(' ', '-')}`;
  const what = `${read} for a viewer of the ${viewer.name}, with row-level security against the same transaction without`;
  const figure = comparedFigure({ name, what, unit: 'transactions', perRound, goal }, comparison);
  return isCount ? { ...figure, what: `${what} (reported: no request counts so)`, goal: null, met: null } : figure;
}

async function viewersOf({ owner }: Stage): Promise<Viewer[]> {
  // A commune that has a checkpoint and is travelled to, so that each of the reads finds something.
  const { rows: communes } = await owner.query<{ unit_id: string }>(
    `select c.unit_id from checkpoint c join declaration d on d.destination_address_unit_id = c.unit_id
     where c.active group by c.unit_id order by count(*) desc limit 1`,
  );
  const { rows: provinces } = await owner.query<{ code: string }>(
    "select code from administrative_unit where level in ('NATION', 'PROVINCE') order by code",
  );
  const idsOf = async (units: string[] | null) => {
    const { rows } = await owner.query<{ id: string }>(
      `select id from declaration where $1::text[] is null or destination_address_unit_id = any($1)
       order by hashtext(id::text) limit 500`,
      [units],
    );
    return rows.map(({ id }) => id);
  };
  const commune = communes.map(({ unit_id }) => unit_id);
  const [own, all] = [await idsOf(commune), await idsOf(null)];
  return [
    { name: 'commune', scope: { provinces: [provinceCode], unitIds: commune, isNation: false }, ids: own },
    { name: 'province', scope: { provinces: [provinceCode], unitIds: null, isNation: false }, ids: all },
    {
      name: 'nation',
      scope: { provinces: provinces.map(({ code }) => code), unitIds: null, isNation: true },
      ids: all,
    },
  ];
}
