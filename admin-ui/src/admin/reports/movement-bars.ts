import { DAY_MS, HOUR_MS } from '#api/platform/shared/instant.ts';
import type { MovementFragment, ReportGroup } from '../../gql/admin/graphql.ts';
import { formatNumber } from '../moments.ts';
import { t } from '../texts.ts';
import type { ChartBar } from './charts/chart-bar.ts';
import { hourOf } from './figures.ts';
import { groupWords } from './group-words.ts';

type Counted = Pick<MovementFragment, 'group' | 'names' | 'in' | 'out'>;

export const isOverTime = (group: ReportGroup): boolean => group === 'DAY' || group === 'HOUR';

/** A bar for each of what is counted by first, in the order of the rows; over time also where nobody passed. */
export function barsOf(group: ReportGroup, rows: readonly Counted[]): ChartBar[] {
  const bars = new Map<string, ChartBar>();
  for (const row of isOverTime(group) ? withoutGaps(group, rows) : rows) {
    const key = row.group[0] ?? '';
    const label = groupWords(group, row, 0);
    const bar = bars.get(key) ?? { key, label: shortOf(group, key, label), title: label, in: 0, out: 0 };
    bars.set(key, { ...bar, in: bar.in + row.in, out: bar.out + row.out });
  }
  return [...bars.values()].map((bar) => ({ ...bar, title: titleOf(bar) }));
}

/** Rows over time with one of nobody for each day or hour between the first and the last that has none: columns stand as far apart as their times. */
function withoutGaps(group: ReportGroup, rows: readonly Counted[]): Counted[] {
  const step = group === 'DAY' ? DAY_MS : HOUR_MS;
  const byTime = Map.groupBy(rows, ({ group: [key = ''] }) => Date.parse(key));
  const times = [...byTime.keys()].sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step).flatMap(
    (at) => byTime.get(at) ?? nobodyAt(group, at),
  );
}
function nobodyAt(group: ReportGroup, at: number): Counted {
  const moment = new Date(at).toISOString();
  const key = group === 'DAY' ? moment.slice(0, 10) : moment;
  return { group: [key], names: [key], in: 0, out: 0 };
}

const titleOf = (bar: ChartBar) =>
  [
    bar.title,
    ...(['IN', 'OUT'] as const).map(
      (way) => `${t(`direction.${way}`)} ${formatNumber(way === 'IN' ? bar.in : bar.out)}`,
    ),
  ].join(' · ');

/** 23/08 and 07: what there is room for under a column. */
function shortOf(group: ReportGroup, key: string, label: string): string {
  if (group === 'DAY') return label.slice(0, 5);
  return group === 'HOUR' ? hourOf(key) : label;
}
