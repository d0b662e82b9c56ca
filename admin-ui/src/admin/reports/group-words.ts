import type { MovementFragment, ReportGroup } from '../../gql/admin/graphql.ts';
import { formatDay } from '../days.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { t } from '../texts.ts';
import { hourOf } from './figures.ts';

/** What a row counts, in words: a day, an hour, the name of a place, what was decided. */
export function groupWords(group: ReportGroup, row: Pick<MovementFragment, 'group' | 'names'>, place: number): string {
  const key = row.group[place] ?? '';
  const name = row.names[place] ?? key;
  if (group === 'DAY') return formatDay(key);
  if (group === 'HOUR') return t('reports.hourOn', { hour: hourOf(key), day: formatDay(vietnamDate(new Date(key))) });
  if (key === '') return t('reports.unsaid');
  if (group === 'PURPOSE') return t(`purpose.${key}`);
  if (group === 'CHANNEL') return t(`channel.${key}`);
  if (group === 'DECISION') return t(`outcome.${key}`);
  return name;
}
