import type { ContactRow } from './contact.row.ts';
import type { ExposureKind, ExposureRow } from './exposure.row.ts';
import { searchContacts, type Meeting } from './trace/search.ts';

/** What of a stored trace is asked for. */
export interface Narrowing {
  generations: number;
  windowMinutes: number;
  kinds: ReadonlySet<ExposureKind> | null;
}

export interface Stored {
  start: { province: string; id: string };
  window: { since: number; until: number };
  contacts: readonly ContactRow[];
  exposures: readonly ExposureRow[];
  /** When it was traced, in ms. */
  tracedAt: number;
}

export interface GraphParts {
  contacts: ContactRow[];
  exposures: ExposureRow[];
}

const keyOf = (province: string, id: string) => `${province}/${id}`;

/** The contacts that fewer kinds of links, or a shorter window, still lead to: searched anew among the links that were found. */
export async function narrowGraph(stored: Stored, narrowing: Narrowing): Promise<GraphParts> {
  const contacts = new Map(stored.contacts.map((row) => [keyOf(row.province_code, row.citizen_id), row]));
  const exposures = stored.exposures.filter((row) => isWithin(row, narrowing));
  const rows = new Map<Meeting, ExposureRow>(exposures.map((row) => [toMeeting(row), row]));
  const bySource = Map.groupBy(rows.keys(), ({ source }) => source);
  const dismissed = new Set(
    [...rows].filter(([, row]) => row.review === 'DISMISSED').map(([{ sourceRow }]) => sourceRow),
  );
  const { reached, links } = await searchContacts({
    start: keyOf(stored.start.province, stored.start.id),
    window: stored.window,
    generations: narrowing.generations,
    most: Infinity,
    untilOf: (key) => contacts.get(key)?.isolated_at?.getTime() ?? stored.tracedAt,
    isDismissed: ({ sourceRow }) => dismissed.has(sourceRow),
    async meetingsOf(frontier) {
      return [...frontier].flatMap(([source, { since, until }]) =>
        (bySource.get(source) ?? []).flatMap((meeting) => during(meeting, since, until)),
      );
    },
  });
  const found = Map.groupBy(links, ({ target }) => target);
  const byRow = new Map([...rows].map(([{ sourceRow }, row]) => [sourceRow, row]));
  return {
    contacts: [...found].flatMap(([key, own]) => {
      const row = contacts.get(key);
      if (!row) return [];
      const counted = own.filter((link) => !link.dismissed);
      const times = (counted.length > 0 ? counted : own).map(({ at }) => at);
      return [
        {
          ...row,
          generation: reached.get(key)?.generation ?? Math.min(...own.map((link) => link.generation)),
          first_exposed_at: new Date(Math.min(...times)),
          last_exposed_at: new Date(Math.max(...times)),
          exposures: counted.length,
        },
      ];
    }),
    exposures: links.flatMap((link) => {
      const row = byRow.get(link.sourceRow);
      return row ? [{ ...row, at: new Date(link.at), generation: link.generation }] : [];
    }),
  };
}

const isWithin = (row: ExposureRow, { windowMinutes, kinds }: Narrowing): boolean =>
  (kinds === null || kinds.has(row.kind)) &&
  (row.checkpoint_id === null || row.minutes_apart === null || row.minutes_apart <= windowMinutes);

let serial = 0;

/** A name of its own for each: two links between the same people differ by it. */
function toMeeting(row: ExposureRow): Meeting {
  const name = String((serial += 1));
  return {
    source: keyOf(row.province_code, row.source_id),
    target: keyOf(row.target_province, row.target_id),
    kind: row.kind,
    at: row.at.getTime(),
    minutesApart: row.minutes_apart,
    checkpointId: row.checkpoint_id,
    plate: row.plate,
    sourceRow: name,
    targetRow: name,
  };
}

/** Of a household it goes on: whoever carried it in later met them from then on. */
function during(meeting: Meeting, since: number, until: number): Meeting[] {
  const at = meeting.kind === 'SAME_HOUSEHOLD' ? Math.max(meeting.at, since) : meeting.at;
  return at >= since && at <= until ? [{ ...meeting, at }] : [];
}
