import { contactTest, isKept, linkTest, type ContactConditions, type ContactOfCase, type Link } from '../contacts.ts';

/** What of a case's contacts a graph shows. */
export interface GraphConditions extends ContactConditions {
  /** Moments of exposure, in ms, both contained. */
  since?: number;
  until?: number;
  /** The generation to which everybody is shown; further away only whom `opened` people met. */
  whole: number;
  opened: ReadonlySet<string>;
}

export interface Shown {
  /** Whom the conditions hold for. */
  found: ReadonlySet<string>;
  /** Who leads to them, and holds no more than the place between. */
  between: ReadonlySet<string>;
  /** The links that the conditions hold for, each with whom it leads to. */
  links: ReadonlyMap<Link, string>;
}

export const isShown = ({ found, between }: Shown, id: string): boolean => found.has(id) || between.has(id);

/** Whom and which links the conditions leave. A link is shown with both its ends, so who leads to somebody found is shown too. */
export function shownOf(contacts: readonly ContactOfCase[], caseId: string, conditions: GraphConditions): Shown {
  const isReached = reachedBy(contacts, conditions);
  const near = contacts.filter(({ id }) => isReached.has(id));
  const holds = linkTest(conditions);
  const isDuring = duringTest(conditions);
  const isHeld = (link: Link) => (holds === null || holds(link)) && isDuring(link.at);
  const isFound = contactTest(conditions);
  const wanted = near.filter((contact) => isFound(contact) && isExposed(contact, isHeld, holds === null && isDuring));
  const found = new Set(wanted.map(({ id }) => id));
  const links = new Map(
    wanted.flatMap(({ id, links: own }) =>
      own
        .filter((link) => isHeld(link) && (link.source === caseId || isReached.has(link.source)))
        .map((link) => [link, id] as const),
    ),
  );
  const sources = [...links.keys()].map(({ source }) => source);
  return { found, between: new Set(sources.filter((id) => !found.has(id) && id !== caseId)), links };
}

/** Who and which links are shown otherwise than before. */
export const changedBetween = (before: Shown, next: Shown): { people: string[]; links: Link[] } => ({
  people: [...new Set([...differing(before.found, next.found), ...differing(before.between, next.between)])],
  links: differing(before.links, next.links),
});

function differing<Value>(before: Pick<ReadonlyMap<Value, unknown>, 'has' | 'keys'>, next: typeof before): Value[] {
  const gone = [...before.keys()].filter((each) => !next.has(each));
  return [...gone, ...[...next.keys()].filter((each) => !before.has(each))];
}

/** By a link that is held; who has none that is shown, through people of other provinces, by when they were exposed. */
const isExposed = (
  { links, firstExposedAt }: ContactOfCase,
  isHeld: (link: Link) => boolean,
  isDuring: ((at: string) => boolean) | false,
): boolean =>
  links.some(isHeld) || (links.length === 0 && isDuring !== false && (!firstExposedAt || isDuring(firstExposedAt)));

function duringTest({ since, until }: GraphConditions): (at: string) => boolean {
  if (since === undefined && until === undefined) return () => true;
  return (at) => {
    const ms = Date.parse(at);
    return ms >= (since ?? -Infinity) && ms <= (until ?? Infinity);
  };
}

function reachedBy(contacts: readonly ContactOfCase[], { whole, opened }: GraphConditions): Set<string> {
  const isMet = ({ links }: ContactOfCase) => links.some((link) => isKept(link) && opened.has(link.source));
  return new Set(contacts.filter((contact) => contact.generation <= whole || isMet(contact)).map(({ id }) => id));
}
