import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import type { CaseRowFragment } from '../../gql/admin/graphql.ts';
import { formatDay } from '../days.ts';
import { formatMoment } from '../moments.ts';
import { t } from '../texts.ts';

type Period = Pick<CaseRowFragment, 'infectiousFrom' | 'infectiousUntil'>;

/** "21/08/2021 – 02/09/2021", whole days; with the hours where it does not begin and end with a day. */
export function periodWords({ infectiousFrom, infectiousUntil }: Period): string {
  const [from, until] = [infectiousFrom, infectiousUntil].map((iso) => new Date(iso)) as [Date, Date];
  if (!beginsDay(from) || !beginsDay(until))
    return t('tracing.fromTo', { from: formatMoment(infectiousFrom), to: formatMoment(infectiousUntil) });
  const lastDay = new Date(until.getTime() - 1);
  return t('tracing.fromTo', { from: formatDay(vietnamDate(from)), to: formatDay(vietnamDate(lastDay)) });
}

const beginsDay = (at: Date): boolean => new Date(`${vietnamDate(at)}T00:00:00+07:00`).getTime() === at.getTime();
