import type { LocationQueryRaw } from 'vue-router';
import { HOUR_MS } from '#api/platform/shared/instant.ts';
import { onVietnamClock, vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import type { MovementFragment } from '../../gql/admin/graphql.ts';
import { addDays } from '../days.ts';

/** What is counted of passages, in the order in which it is read. */
export const figures = ['in', 'out', 'admitted', 'refused', 'isolated', 'paper', 'offline', 'flagged'] as const;
export type Figure = (typeof figures)[number];

const narrowing: Record<Figure, LocationQueryRaw> = {
  in: { direction: 'IN' },
  out: { direction: 'OUT' },
  admitted: { decision: 'ADMITTED' },
  refused: { decision: 'REFUSED' },
  isolated: { decision: 'ISOLATED' },
  paper: { channel: 'PAPER' },
  offline: { offline: 'yes' },
  flagged: { flagged: 'yes' },
};

/** The list of the passages that a figure counts, or of all where none is named; of those that are more than none. */
export const placeOf = ({ list }: MovementFragment, figure: Figure | null, more: LocationQueryRaw = {}) => ({
  name: 'passages',
  query: { ...conditionsOf(list), ...(figure && narrowing[figure]), ...more },
});

/** The last passage of each of the different people that a row counts. */
export const peopleOf = (row: MovementFragment) => placeOf(row, null, { lastOfPerson: 'yes' });

function conditionsOf(list: MovementFragment['list']): LocationQueryRaw {
  const { from, to, unitCode, checkpointIds, originProvince, destinationProvince, ...same } = list;
  const all = {
    ...periodOf(from, to),
    unit: unitCode,
    at: checkpointIds?.join(',') ?? null,
    origin: originProvince === '' ? 'none' : originProvince,
    destination: destinationProvince === '' ? 'none' : destinationProvince,
    purpose: same.purpose,
    channel: same.channel,
    direction: same.direction,
    decision: same.decision,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
}

/** One hour, or whole days. */
function periodOf(from: string, to: string): LocationQueryRaw {
  const first = vietnamDate(new Date(from));
  if (Date.parse(to) - Date.parse(from) === HOUR_MS) return { hour: `${first}T${hourOf(from)}` };
  return { from: first, to: addDays(vietnamDate(new Date(to)), -1) };
}

/** 07: the hour in Viet Nam that begins then. */
export const hourOf = (moment: string): string => onVietnamClock(new Date(moment)).toISOString().slice(11, 13);
