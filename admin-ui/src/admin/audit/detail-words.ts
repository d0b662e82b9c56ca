import { formatMoment } from '../moments.ts';
import { hasText, t } from '../texts.ts';

/** Under which texts the codes of a field stand. */
const codes: Record<string, string> = {
  list: 'pages',
  roles: 'role',
  role: 'role',
  decision: 'outcome',
  advice: 'outcome',
  direction: 'direction',
  channel: 'channel',
  resolution: 'resolution',
  verdict: 'verdict',
};
// As one reads it, from the end, others below; the database keeps no order.
const fromTheEnd = ['after', 'before', 'changed', 'rows', 'conditions', 'list'];
const rank = (key: string) => -fromTheEnd.indexOf(key);
// What stands elsewhere on the panel, or is there for the server.
const left = ['ip', 'elsewhere'];

/** What an entry tells besides, line by line; what these pages do not know as it is written. */
export function detailLines(detail: object): Array<readonly [string, string]> {
  const told = Object.entries(detail).filter(([key, value]) => !left.includes(key) && value !== null);
  return told
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([key, value]) => [nameOf(key), inWords(key, value)] as const)
    .filter(([, words]) => words !== '');
}

const nameOf = (key: string): string => (hasText(`audit.detail.${key}`) ? t(`audit.detail.${key}`) : key);

function inWords(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => inWords(key, each)).join(', ');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'object' && value !== null)
    return detailLines(value)
      .map((line) => line.join(': '))
      .join('; ');
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return formatMoment(text);
  if (key === 'changed') return nameOf(text);
  const named = `${codes[key]}.${text}`;
  return hasText(named) ? t(named) : text;
}
