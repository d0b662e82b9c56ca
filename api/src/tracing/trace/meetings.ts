import { MINUTE_MS } from '../../platform/shared/instant.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { meetingsAtHome, type Crowd } from './households.ts';
import {
  meetingsByCompanions,
  meetingsByPassages,
  presencesAtAddresses,
  type FrontierRows,
  type MeetingRow,
} from './meetings.queries.ts';
import type { Meeting, PersonKey, Window } from './search.ts';
import { citizenOf, type Citizen, type TracedPeople } from './traced-people.ts';

/** Two who were named to have met, as a tracer entered it. */
export interface NamedContact {
  id: string;
  one: Citizen;
  other: Citizen;
  metAt: Date;
}

// Of an address with more rows than this nobody asks who it was: it is a place.
const mostRowsAtAddress = 64;

/** Finds meetings in a number of statements that does not grow with the people. */
export class Meetings {
  readonly crowds = new Map<string, Crowd>();
  readonly #tx: Transaction;
  readonly #people: TracedPeople;
  readonly #windowMinutes: number;
  readonly #named: readonly NamedContact[];

  constructor(tx: Transaction, people: TracedPeople, windowMinutes: number, named: readonly NamedContact[]) {
    this.#tx = tx;
    this.#people = people;
    this.#windowMinutes = windowMinutes;
    this.#named = named;
  }

  /** Whom these met while they could pass it on, by all that is known. */
  async of(frontier: ReadonlyMap<PersonKey, Window>): Promise<Meeting[]> {
    const sources = [...frontier.keys()];
    const rows = this.#rowsOf(frontier);
    const found = [
      ...(await meetingsByPassages(this.#tx, rows, this.#windowMinutes)),
      ...(await meetingsByCompanions(this.#tx, rows)),
    ];
    const presences = await presencesAtAddresses(this.#tx, rows, mostRowsAtAddress);
    await this.#people.learn([...found, ...presences].map(citizenOf));
    const keyOf = (citizen: Citizen) => this.#people.keyOf(citizen);
    const home = meetingsAtHome(presences, frontier, keyOf);
    for (const crowd of home.crowds) this.crowds.set(`${crowd.provinceCode}/${crowd.unitId}/${crowd.key}`, crowd);
    return [
      ...found.map((row) => toMeeting(row, sources[row.place] ?? '', keyOf(citizenOf(row)))),
      ...home.meetings,
      ...this.#namedOf(frontier),
    ];
  }

  #rowsOf(frontier: ReadonlyMap<PersonKey, Window>): FrontierRows {
    const rows: FrontierRows = { places: [], provinces: [], citizenIds: [], since: [], until: [] };
    for (const [place, [key, { since, until }]] of [...frontier].entries())
      for (const { province, id } of this.#people.citizensOf(key)) {
        rows.places.push(place);
        rows.provinces.push(province);
        rows.citizenIds.push(id);
        rows.since.push(new Date(since));
        rows.until.push(new Date(until));
      }
    return rows;
  }

  /** Either may have named the other. */
  #namedOf(frontier: ReadonlyMap<PersonKey, Window>): Meeting[] {
    return this.#named.flatMap(({ id, one, other, metAt }) => {
      const [first, second] = [this.#people.keyOf(one), this.#people.keyOf(other)];
      const at = metAt.getTime();
      return [
        [first, second],
        [second, first],
      ].flatMap(([source = '', target = '']) => {
        const window = frontier.get(source);
        const none = { minutesApart: null, checkpointId: null, plate: null };
        return window && at >= window.since && at <= window.until
          ? [{ source, target, kind: 'DECLARED' as const, at, ...none, sourceRow: id, targetRow: id }]
          : [];
      });
    });
  }
}

/** They met when the later of the two was there. */
function toMeeting(row: MeetingRow, source: PersonKey, target: PersonKey): Meeting {
  const [one, other] = [row.source_at.getTime(), row.target_at.getTime()];
  return {
    source,
    target,
    kind: row.kind,
    at: Math.max(one, other),
    minutesApart: Math.abs(one - other) / MINUTE_MS,
    checkpointId: row.checkpoint_id,
    plate: row.plate,
    sourceRow: row.source_row,
    targetRow: row.target_row,
  };
}
