import type { PresenceRow } from './meetings.queries.ts';
import { citizenOf, type Citizen } from './traced-people.ts';
import type { Meeting, PersonKey, Window } from './search.ts';

/** More than this many people at an address make it a place (a dormitory, a camp): it is listed, and links nobody. */
const mostInHousehold = 15;

export interface Crowd {
  provinceCode: string;
  unitId: string;
  key: string;
  people: number;
}

interface Household {
  meetings: Meeting[];
  crowds: Crowd[];
}

const addressOf = ({ province_code, unit_id, key }: PresenceRow) => `${province_code}/${unit_id}/${key}`;

/** Who was at an address of somebody while both were there and they could pass it on. */
export function meetingsAtHome(
  rows: readonly PresenceRow[],
  frontier: ReadonlyMap<PersonKey, Window>,
  keyOf: (citizen: Citizen) => PersonKey,
): Household {
  const result: Household = { meetings: [], crowds: [] };
  for (const presences of Map.groupBy(rows, addressOf).values()) {
    const people = new Set(presences.map((row) => keyOf(citizenOf(row))));
    const [first] = presences;
    if (people.size > mostInHousehold && first)
      result.crowds.push({
        provinceCode: first.province_code,
        unitId: first.unit_id,
        key: first.key,
        people: people.size,
      });
    else result.meetings.push(...meetingsAt(presences, frontier, keyOf));
  }
  return result;
}

function meetingsAt(
  presences: readonly PresenceRow[],
  frontier: ReadonlyMap<PersonKey, Window>,
  keyOf: (citizen: Citizen) => PersonKey,
): Meeting[] {
  const sources = presences.filter(({ place }) => place !== null);
  const others = presences.filter(({ place }) => place === null);
  return sources.flatMap((source) => {
    const key = keyOf(citizenOf(source));
    const window = frontier.get(key);
    if (!window) return [];
    return others.flatMap((other) => meet(key, window, source, keyOf(citizenOf(other)), other) ?? []);
  });
}

function meet(
  source: PersonKey,
  window: Window,
  from: PresenceRow,
  target: PersonKey,
  other: PresenceRow,
): Meeting | null {
  const at = Math.max(window.since, from.from_at?.getTime() ?? 0, other.from_at?.getTime() ?? 0);
  const end = Math.min(window.until, from.until_at?.getTime() ?? Infinity, other.until_at?.getTime() ?? Infinity);
  if (at > end || source === target) return null;
  const none = { minutesApart: null, checkpointId: null, plate: null };
  return { source, target, kind: 'SAME_HOUSEHOLD', at, ...none, sourceRow: from.row, targetRow: other.row };
}
