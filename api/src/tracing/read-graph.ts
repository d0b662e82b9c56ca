import type { ContactRow } from './contact.row.ts';
import type { BareLink, ExposureKind, ExposureRow } from './exposure.row.ts';
import { searchContacts, summarise, type Meeting, type PersonKey, type Reached, type Window } from './trace/search.ts';

/** What of a stored trace is asked for. */
export interface Narrowing {
  generations: number;
  windowMinutes: number;
  kinds: ReadonlySet<ExposureKind> | null;
}

export interface Stored {
  start: PersonKey;
  window: Window;
  contacts: readonly ContactRow[];
  exposures: readonly ExposureRow[];
  /** All, also between people beyond the reader, through whom others are reached. */
  links: readonly BareLink[];
  /** When it was traced, in ms. */
  tracedAt: number;
}

export interface GraphParts {
  contacts: ContactRow[];
  exposures: ExposureRow[];
  /** Everybody, also beyond the reader, by the key of their province and name. */
  reached: ReadonlyMap<PersonKey, Reached>;
}

export const graphKey = (province: string, id: string): PersonKey => `${province}/${id}`;

/** The contacts that fewer kinds of links, or a shorter window, still lead to: searched anew among the links that were found. */
export async function narrowGraph(stored: Stored, narrowing: Narrowing): Promise<GraphParts> {
  const links = stored.links.filter((link) => isWithin(link, narrowing));
  const bySource = Map.groupBy(links.map(toMeeting), ({ source }) => source);
  const dismissed = new Set(links.filter((link) => link.dismissed).map(({ place }) => String(place)));
  const isolatedAt = isolations(links);
  const traced = await searchContacts({
    start: stored.start,
    window: stored.window,
    generations: narrowing.generations,
    most: Infinity,
    untilOf: (key) => isolatedAt.get(key) ?? stored.tracedAt,
    isDismissed: ({ sourceRow }) => dismissed.has(sourceRow ?? ''),
    async meetingsOf(frontier) {
      return [...frontier].flatMap(([source, { since, until }]) =>
        (bySource.get(source) ?? []).flatMap((meeting) => during(meeting, since, until)),
      );
    },
  });
  const contacts = new Map(stored.contacts.map((row) => [graphKey(row.province_code, row.citizen_id), row]));
  const exposures = new Map(stored.exposures.map((row) => [String(row.place), row]));
  return {
    reached: traced.reached,
    contacts: [...summarise(traced)].flatMap(([key, { firstAt, lastAt, ...summary }]) => {
      const row = contacts.get(key);
      return row ? [{ ...row, ...summary, first_exposed_at: firstAt, last_exposed_at: lastAt }] : [];
    }),
    exposures: traced.links.flatMap((link) => {
      const row = exposures.get(link.sourceRow ?? '');
      return row ? [{ ...row, at: new Date(link.at), generation: link.generation }] : [];
    }),
  };
}

const isWithin = ({ kind, passed, minutes_apart }: BareLink, { windowMinutes, kinds }: Narrowing): boolean =>
  (kinds === null || kinds.has(kind)) && (!passed || minutes_apart === null || minutes_apart <= windowMinutes);

const isolations = (links: readonly BareLink[]): ReadonlyMap<PersonKey, number> =>
  new Map(
    links.flatMap(({ source_province, source, source_isolated_at: at }) =>
      at ? [[graphKey(source_province, source), at.getTime()] as const] : [],
    ),
  );

/** Named by its place in the trace: two links between the same people differ by it. */
const toMeeting = (link: BareLink): Meeting => ({
  source: graphKey(link.source_province, link.source),
  target: graphKey(link.target_province, link.target),
  kind: link.kind,
  at: link.at.getTime(),
  minutesApart: link.minutes_apart,
  checkpointId: null,
  plate: null,
  sourceRow: String(link.place),
  targetRow: String(link.place),
});

/** Of a household it goes on: whoever carried it in later met them from then on. */
function during(meeting: Meeting, since: number, until: number): Meeting[] {
  const at = meeting.kind === 'SAME_HOUSEHOLD' ? Math.max(meeting.at, since) : meeting.at;
  return at >= since && at <= until ? [{ ...meeting, at }] : [];
}
