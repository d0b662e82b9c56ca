import type { ZoneLevel } from '../../gql/admin/graphql.ts';

interface Days {
  startsOn: string;
  endsOn?: string | null | undefined;
}

/** Whether a zone is in force, is still to come, or has ended. */
export function stateOf({ startsOn, endsOn }: Days, day: string): 'NOW' | 'COMING' | 'ENDED' {
  if (startsOn > day) return 'COMING';
  return endsOn && endsOn < day ? 'ENDED' : 'NOW';
}

export const levels = ['LEVEL_1', 'LEVEL_2', 'LEVEL_3', 'LEVEL_4'] as const satisfies readonly ZoneLevel[];
export const numberOf = (level: ZoneLevel): number => levels.indexOf(level) + 1;

const order = { NOW: 0, COMING: 1, ENDED: 2 };

/** What is in force first, the highest level first of it; then what comes, the next first; then what has ended, the last first. */
export function inOrder<Zone extends Days & { level: ZoneLevel }>(zones: readonly Zone[], day: string): Zone[] {
  return zones.toSorted((one, other) => {
    const [state, its] = [stateOf(one, day), stateOf(other, day)];
    if (state !== its) return order[state] - order[its];
    if (state === 'NOW') return numberOf(other.level) - numberOf(one.level);
    return state === 'COMING' ? compare(one.startsOn, other.startsOn) : compare(other.endsOn ?? '', one.endsOn ?? '');
  });
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
