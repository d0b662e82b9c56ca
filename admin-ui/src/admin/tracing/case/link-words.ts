import { formatMoment } from '../../moments.ts';
import { t } from '../../texts.ts';
import type { Link } from './contacts.ts';

/** Why somebody is a contact: "Qua Chốt Cầu Ghép cùng chiều với Lê Văn An, cách nhau 10 phút, 23/08/2021 14:05". */
export function linkWords({ kind, sourceName: name, at, minutesApart, plate, checkpoint }: Link): string {
  const when = formatMoment(at);
  const apart = apartWords(minutesApart ?? null);
  const place = checkpoint?.name ?? '';
  if (kind === 'SAME_CHECKPOINT') return t('contacts.links.SAME_CHECKPOINT', { name, when, apart, place });
  if (kind === 'SAME_HOUSEHOLD') return t('contacts.links.SAME_HOUSEHOLD', { name, when });
  if (kind === 'DECLARED') return t('contacts.links.DECLARED', { name, when });
  return plate && place
    ? t('contacts.links.SAME_VEHICLE', { name, when, plate, place })
    : t('contacts.links.COMPANIONS', { name, when });
}

function apartWords(minutes: number | null): string {
  if (minutes === null || minutes < 1) return t('contacts.links.underMinute');
  return t('contacts.links.minutes', { count: Math.round(minutes) });
}
