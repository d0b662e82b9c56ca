import { DAY_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { idTime, type DemoPassage } from './demo-passages.ts';
import type { DemoPerson } from './demo-people.ts';
import type { DemoWeek } from './demo-province.ts';
import type { DemoTrip } from './demo-trips.ts';

/** A passage of somebody who declared it. */
interface Seen {
  passage: DemoPassage;
  person: DemoPerson;
  at: number;
}

type PassedWeek = Pick<DemoWeek, 'trips' | 'passages'>;

const windowMs = 15 * MINUTE_MS;

/** Of those who came in with their household some days ago: one who met many, and whose contacts met many others afterwards. */
export function firstCase(week: PassedWeek, now: number): DemoPassage | null {
  const leads = leadsOfFamilies(week.trips);
  const contacts = contactsIn(week);
  const candidates = week.passages.filter(
    ({ id, declaration, decision }) =>
      leads.has(declaration?.id ?? '') && decision === 'ADMITTED' && now - idTime(id) > 2 * DAY_MS,
  );
  const ranked = candidates.map((passage) => {
    const { near, further } = contacts(passage);
    return { passage, reach: Math.min(near.size, further.size) };
  });
  return ranked.sort((a, b) => b.reach - a.reach)[0]?.passage ?? null;
}

interface Contacts {
  near: ReadonlySet<DemoPerson>;
  further: ReadonlySet<DemoPerson>;
}

/** Who was near a passage, and whom else these met afterwards. */
export function contactsIn(week: PassedWeek): (passage: DemoPassage) => Contacts {
  const seen = seenIn(week);
  const byPlace = Map.groupBy(seen, ({ passage }) => placeOf(passage));
  const byPerson = Map.groupBy(seen, ({ person }) => person);
  const around = (passage: DemoPassage) =>
    (byPlace.get(placeOf(passage)) ?? []).filter(({ at }) => Math.abs(at - idTime(passage.id)) <= windowMs);
  const later = ({ person, at }: Seen) => (byPerson.get(person) ?? []).filter((other) => other.at > at);
  return (first) => {
    const contacts = around(first);
    const met = contacts.flatMap((contact) => later(contact).flatMap(({ passage }) => around(passage)));
    const near = peopleOf(contacts);
    return { near, further: new Set([...peopleOf(met)].filter((person) => !near.has(person))) };
  };
}

const placeOf = ({ checkpointCode, direction }: DemoPassage) => `${checkpointCode} ${direction}`;
const peopleOf = (seen: readonly Seen[]) => new Set(seen.map(({ person }) => person));

function seenIn({ trips, passages }: PassedWeek): Seen[] {
  const travellers = new Map(
    trips.flatMap((trip) => trip.declarations.map(({ id }, place) => [id, trip.travellers[place]] as const)),
  );
  return passages.flatMap((passage) => {
    const person = travellers.get(passage.declaration?.id ?? '');
    return person ? [{ passage, person, at: idTime(passage.id) }] : [];
  });
}

/** Who declared for a household that comes in. */
function leadsOfFamilies(trips: readonly DemoTrip[]): Set<string> {
  const families = trips.filter(
    ({ declarations, direction }) => direction === 'IN' && declarations.length > 2 && declarations.length < 6,
  );
  return new Set(families.flatMap(({ declarations }) => declarations.slice(0, 1).map(({ id }) => id)));
}
