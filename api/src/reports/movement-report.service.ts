import type { Transaction } from '../platform/database/transaction.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { checkpointsByIds } from '../checkpoints/checkpoints.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { decisions } from './counters.ts';
import { MovementReport } from './movement-report.entity.ts';
import { mostRows, peopleOfDay, sumMovement, type SumRow } from './movement.queries.ts';
import { PeopleCounts } from './people-counts.ts';
import { checkAsked, daysIn, type Asked, type ReportScope } from './read-asked.ts';
import { addTallies, passagesIn, tallyOf, type Tally } from './tally.ts';
import { ReportWords } from './report-words.ts';
import { UnitsBelow } from './units-below.ts';

export type { Asked, ReportScope } from './read-asked.ts';

export interface Counted {
  keys: string[];
  tally: Tally;
}

/** A report from the rollups, in two or three statements whatever its length. */
export async function movementReport(
  tx: Transaction,
  territory: Territory,
  of: ReportScope,
  asked: Asked,
  at: Date,
): Promise<MovementReport> {
  checkAsked(asked, of.scope);
  const counted = await countMovement(tx, territory, of, asked);
  const people = await countPeople(tx, territory, of, asked);
  const words = new ReportWords(territory, of, asked, await namesOf(tx, asked, counted));
  const rows = counted.map(({ keys, tally }) => words.rowOf(keys, tally, people?.of(keys, asked.groups) ?? null));
  const total = words.rowOf(null, addTallies(counted.map(({ tally }) => tally)), people?.total() ?? null);
  return Object.assign(new MovementReport(), { ...asked.span, rows: words.sorted(rows), total, generatedAt: at });
}

const tooMany = {
  vi: `Hơn ${mostRows} dòng. Hãy chọn ít ngày hơn hoặc nhóm ít hơn.`,
  en: `More than ${mostRows} rows. Choose fewer days, or fewer groups.`,
};

/** Each group with passages in it, once; in no order. */
export async function countMovement(
  tx: Transaction,
  territory: Territory,
  { scope, unit }: Pick<ReportScope, 'scope' | 'unit'>,
  asked: Asked,
): Promise<Counted[]> {
  const sums = await sumMovement(tx, scope, asked.span, asked.groups, asked.filter.channel ?? null);
  const place = asked.groups.indexOf('UNIT');
  const units = new UnitsBelow(territory, unit);
  const folded = new Map<string, Counted>();
  for (const one of sums.flatMap((row) => byDecision(row, asked))) {
    const keys = one.keys.map((key, at) => (at === place ? units.above(key).id : key));
    const name = keys.join('\n');
    const before = folded.get(name);
    folded.set(name, { keys, tally: before ? addTallies([before.tally, one.tally]) : one.tally });
  }
  if (sums.length > mostRows || folded.size > mostRows) throw badInput({ groupBy: tooMany });
  return [...folded.values()].filter(({ tally }) => passagesIn(tally) > 0);
}

/** A row of the rollup holds every decision: by DECISION it is a row for each. */
function byDecision({ keys, counts }: SumRow, { groups, filter }: Asked): Counted[] {
  const place = groups.indexOf('DECISION');
  if (place < 0) return [{ keys, tally: tallyOf(counts, filter) }];
  return decisions
    .filter((decision) => !filter.decision || filter.decision === decision)
    .map((decision) => ({ keys: keys.toSpliced(place, 0, decision), tally: tallyOf(counts, { ...filter, decision }) }));
}

const isFiltered = ({ direction, decision, channel }: Asked['filter']) => Boolean(direction ?? decision ?? channel);

/** Where people can be told: of one day, of all that passed, by nothing but the place. */
export async function countPeople(
  tx: Transaction,
  territory: Territory,
  { scope, unit }: ReportScope,
  { span, filter }: Asked,
): Promise<PeopleCounts | null> {
  if (daysIn(span) > 1 || isFiltered(filter)) return null;
  return new PeopleCounts(await peopleOfDay(tx, scope, span.from), scope, new UnitsBelow(territory, unit));
}

async function namesOf(tx: Transaction, { groups }: Asked, counted: readonly Counted[]): Promise<Map<string, string>> {
  const place = groups.indexOf('CHECKPOINT');
  if (place < 0) return new Map();
  const ids = new Set(counted.flatMap(({ keys }) => keys[place] ?? []));
  return new Map((await checkpointsByIds(tx, [...ids])).map(({ id, name }) => [id, name]));
}
