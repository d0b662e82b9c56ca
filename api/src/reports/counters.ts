import type { Decision, Direction } from '../passages/passage.entity.ts';

export type Settled = Exclude<Decision, 'VOID'>;
export const directions = ['IN', 'OUT'] as const satisfies readonly Direction[];
export const decisions = ['ADMITTED', 'REFUSED', 'ISOLATED'] as const satisfies readonly Settled[];

/** What is counted of the passages of a direction and a decision: all of them, and parts that overlap. */
export type Part = 'all' | 'offline' | 'flagged' | 'paper';
const conditions: Record<Part, string> = {
  all: '',
  offline: ' and p.recorded_offline',
  flagged: ' and p.flagged',
  paper: " and p.channel = 'PAPER'",
};

/** One column of a rollup: in_admitted, out_refused_offline. */
export interface Counter {
  column: string;
  direction: Direction;
  decision: Settled;
  part: Part;
}

const countersOf = (parts: readonly Part[]): Counter[] =>
  parts.flatMap((part) =>
    directions.flatMap((direction) =>
      decisions.map((decision) => ({ column: columnOf(direction, decision, part), direction, decision, part })),
    ),
  );

export const columnOf = (direction: Direction, decision: Settled, part: Part): string =>
  [direction, decision, ...(part === 'all' ? [] : [part])].join('_').toLowerCase();

/** Of a table that has the channel in its key. */
export const movementCounters = countersOf(['all', 'offline', 'flagged']);
/** Of journeys, which have no channel. */
export const journeyCounters = countersOf(['all', 'offline', 'flagged', 'paper']);

/** Pieces of SQL that name every column once; each is made of the words above alone. */
export const columnsOf = (counters: readonly Counter[]): string => counters.map(({ column }) => column).join(', ');

/** Counts passages `p`. */
export const countsOf = (counters: readonly Counter[]): string =>
  counters
    .map(
      ({ column, direction, decision, part }) =>
        `count(*) filter (where p.direction = '${direction}' and p.decision = '${decision}'${conditions[part]})::integer as ${column}`,
    )
    .join(', ');

/** Adds up the rows `m` of a rollup. */
export const sumsOf = (counters: readonly Counter[]): string =>
  counters.map(({ column }) => `coalesce(sum(m.${column}), 0)::integer as ${column}`).join(', ');

export const noughtsOf = (counters: readonly Counter[]): string => counters.map(() => '0').join(', ');

/** The end of an upsert that writes only what differs. */
export const upsertOf = (counters: readonly Counter[]): string => {
  const named = (table: string) => counters.map(({ column }) => `${table}.${column}`).join(', ');
  const sets = counters.map(({ column }) => `${column} = excluded.${column}`).join(', ');
  return `${sets}, changed_at = excluded.changed_at where (${named('m')}) is distinct from (${named('excluded')})`;
};
