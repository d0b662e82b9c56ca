import type { ExposureKind } from '../exposure.row.ts';

/** Somebody during a trace, whatever their rows: the key of `TracedPeople`. */
export type PersonKey = string;

/** When somebody could pass it on; both ends included, in ms. */
export interface Window {
  since: number;
  until: number;
}

/** Two people met: what it says and the rows that say it. */
export interface Meeting {
  source: PersonKey;
  target: PersonKey;
  kind: ExposureKind;
  at: number;
  minutesApart: number | null;
  checkpointId: string | null;
  plate: string | null;
  sourceRow: string | null;
  targetRow: string | null;
}

export type FoundLink = Meeting & { generation: number; dismissed: boolean };

export interface Reached {
  /** The least number of links from the case. */
  generation: number;
  /** When they could first have been infected, by whichever way of at most as many links as were searched. */
  since: number;
}

export interface Search {
  start: PersonKey;
  window: Window;
  generations: number;
  /** More people than this are not gone through. */
  most: number;
  /** Until when a contact could pass it on: until they were isolated. */
  untilOf: (person: PersonKey) => number;
  isDismissed: (meeting: Meeting) => boolean;
  /** Whom these met while they could pass it on. */
  meetingsOf: (frontier: ReadonlyMap<PersonKey, Window>) => Promise<readonly Meeting[]>;
  progress?: (generation: number, people: number) => Promise<void>;
}

export interface Traced {
  reached: Map<PersonKey, Reached>;
  links: FoundLink[];
  /** It would go through more people than it may: what it found until then is not whole. */
  stopped: boolean;
}

/**
 * Level by level: whom the case met, whom these met from when they could have been infected, and so on. Who is found to have been
 * infected earlier by a longer way is gone through again from then on. What was dismissed is a link, and leads nowhere.
 */
export async function searchContacts(search: Search): Promise<Traced> {
  const reached = new Map<PersonKey, Reached>();
  const links = new Map<string, FoundLink>();
  let frontier = new Map([[search.start, search.window]]);
  for (let generation = 1; generation <= search.generations && frontier.size > 0; generation += 1) {
    const meetings = await search.meetingsOf(frontier);
    const found = meetings.filter(({ source, target, at }) => {
      const isNews = at < (reached.get(target)?.since ?? Infinity);
      return target !== source && target !== search.start && isNews;
    });
    for (const meeting of found) keep(links, { ...meeting, generation, dismissed: search.isDismissed(meeting) });
    frontier = spread(search, reached, found, generation);
    await search.progress?.(generation, reached.size);
    if (reached.size > search.most) return { reached, links: [...links.values()], stopped: true };
  }
  return { reached, links: [...links.values()], stopped: false };
}

/** Who is reached by these meetings, or earlier than before: they are gone through next. */
function spread(
  { isDismissed, untilOf }: Search,
  reached: Map<PersonKey, Reached>,
  found: readonly Meeting[],
  generation: number,
): Map<PersonKey, Window> {
  const frontier = new Map<PersonKey, Window>();
  for (const meeting of found) {
    if (isDismissed(meeting)) continue;
    const { target, at } = meeting;
    const since = Math.min(at, frontier.get(target)?.since ?? Infinity);
    frontier.set(target, { since, until: untilOf(target) });
  }
  for (const [person, { since }] of frontier)
    reached.set(person, { generation: reached.get(person)?.generation ?? generation, since });
  return frontier;
}

/** The same two rows are one link: of a household that somebody carried it into earlier, from then on. */
function keep(links: Map<string, FoundLink>, link: FoundLink): void {
  const key = [link.source, link.target, link.kind, link.sourceRow, link.targetRow].join('|');
  const known = links.get(key);
  if (!known) links.set(key, link);
  else if (link.at < known.at) known.at = link.at;
}

export interface ContactSummary {
  generation: number;
  firstAt: Date;
  lastAt: Date;
  /** Links that lead to them. */
  exposures: number;
}

/** What the links to each target come to; where all to somebody were dismissed, when those were. */
export function summarise({ reached, links }: Pick<Traced, 'reached' | 'links'>): Map<PersonKey, ContactSummary> {
  const byTarget = Map.groupBy(links, ({ target }) => target);
  return new Map([...byTarget].map(([key, own]) => [key, summaryOf(own, reached.get(key))]));
}

function summaryOf(own: readonly FoundLink[], reached: Reached | undefined): ContactSummary {
  const counted = own.filter(({ dismissed }) => !dismissed);
  const times = (counted.length > 0 ? counted : own).map(({ at }) => at).sort((a, b) => a - b);
  return {
    generation: reached?.generation ?? Math.min(...own.map(({ generation }) => generation)),
    firstAt: new Date(times[0] ?? 0),
    lastAt: new Date(times.at(-1) ?? 0),
    exposures: counted.length,
  };
}
