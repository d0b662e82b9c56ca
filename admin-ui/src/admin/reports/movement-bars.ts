import type { MovementFragment, ReportGroup } from '../../gql/admin/graphql.ts';
import { formatNumber } from '../moments.ts';
import { t } from '../texts.ts';
import type { ChartBar } from './charts/chart-bar.ts';
import { hourOf } from './figures.ts';
import { groupWords } from './group-words.ts';

export const isOverTime = (group: ReportGroup): boolean => group === 'DAY' || group === 'HOUR';

/** A bar for each of what is counted by first, in the order of the rows. */
export function barsOf(group: ReportGroup, rows: readonly MovementFragment[]): ChartBar[] {
  const bars = new Map<string, ChartBar>();
  for (const row of rows) {
    const key = row.group[0] ?? '';
    const label = groupWords(group, row, 0);
    const bar = bars.get(key) ?? { key, label: shortOf(group, key, label), title: label, in: 0, out: 0 };
    bars.set(key, { ...bar, in: bar.in + row.in, out: bar.out + row.out });
  }
  return [...bars.values()].map((bar) => ({ ...bar, title: titleOf(bar) }));
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
