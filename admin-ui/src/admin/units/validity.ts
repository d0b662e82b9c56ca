import { formatDay } from '../days.ts';
import { t } from '../texts.ts';

interface Validity {
  validFrom: string;
  validTo?: string | null | undefined;
}

// The units that the project ships with are those of August 2021; since when each was there they do not say.
const beginning = '2021-01-01';

/** "từ 01/07/2025", "đến 30/06/2025"; empty for what was always there and still is. */
export function validityText({ validFrom, validTo }: Validity): string {
  const from = validFrom > beginning ? formatDay(validFrom) : null;
  const to = validTo ? formatDay(validTo) : null;
  if (from && to) return t('units.fromTo', { from, to });
  return from ? t('units.from', { from }) : to ? t('units.to', { to }) : '';
}

/** Where a unit stands on a day. */
export function stateOn({ validFrom, validTo }: Validity, day: string): 'NOW' | 'GONE' | 'COMING' {
  if (validFrom > day) return 'COMING';
  return validTo && validTo < day ? 'GONE' : 'NOW';
}
