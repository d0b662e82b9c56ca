import type { Transaction } from '../../platform/database/transaction.ts';
import type { NamedContact } from './meetings.ts';
import type { Meeting, PersonKey } from './search.ts';
import { moveContacts, moveReviews } from './take-along.queries.ts';
import { citizenOf, type Citizen, type TracedPeople } from './traced-people.ts';
import {
  contactsWorkedOn,
  namedContacts,
  reviewsOfCase,
  type ReviewRow,
  type TracedCase,
  type TraceOrder,
  type WorkedOnRow,
} from './trace.queries.ts';

/** What people decided on a case before this trace, by who the people are now: whoever was merged since keeps it. */
export interface Decisions {
  named: NamedContact[];
  /** Since when a contact is isolated. */
  isolatedAt: ReadonlyMap<PersonKey, number>;
  /** Keys of links. */
  dismissed: ReadonlySet<string>;
  reviews: readonly ReviewRow[];
  workedOn: readonly WorkedOnRow[];
}

const sourceOf = (row: ReviewRow): Citizen => ({ province: row.province_code, id: row.source_id });
const targetOf = (row: ReviewRow): Citizen => ({ province: row.target_province, id: row.target_id });

/** All links of a kind between two people, one way. */
export const linkKeyOf = ({ source, target, kind }: Pick<Meeting, 'source' | 'target' | 'kind'>): string =>
  [source, target, kind].join();

export async function decisionsOn(
  tx: Transaction,
  order: TraceOrder,
  row: TracedCase,
  people: TracedPeople,
  { provinces }: { provinces: readonly string[] },
): Promise<Decisions> {
  const named = (await namedContacts(tx, order)).map(({ id, one_id, other_id, met_at }) => ({
    id,
    one: { province: row.province_code, id: one_id },
    other: { province: row.province_code, id: other_id },
    metAt: met_at,
  }));
  const workedOn = await contactsWorkedOn(tx, provinces, row.id);
  const reviews = await reviewsOfCase(tx, provinces, row.id);
  await people.learn([
    citizenOf(row),
    ...named.flatMap(({ one, other }) => [one, other]),
    ...workedOn.map(citizenOf),
    ...reviews.flatMap((review) => [sourceOf(review), targetOf(review)]),
  ]);
  return {
    ...{ named, reviews, workedOn },
    isolatedAt: isolations(workedOn, people),
    dismissed: dismissals(reviews, people),
  };
}

/** Of one person's several entries the earliest counts. */
function isolations(workedOn: readonly WorkedOnRow[], people: TracedPeople): Map<PersonKey, number> {
  const found = new Map<PersonKey, number>();
  for (const row of workedOn) {
    const key = people.keyOf(citizenOf(row));
    if (row.isolated_at) found.set(key, Math.min(row.isolated_at.getTime(), found.get(key) ?? Infinity));
  }
  return found;
}

/** The newest decision on a link counts. */
function dismissals(reviews: readonly ReviewRow[], people: TracedPeople): Set<string> {
  const found = new Set<string>();
  for (const row of reviews) {
    const [source, target] = [people.keyOf(sourceOf(row)), people.keyOf(targetOf(row))];
    const key = linkKeyOf({ source, target, kind: row.kind });
    if (row.review === 'DISMISSED') found.add(key);
    else found.delete(key);
  }
  return found;
}

/** Tasks and decisions of somebody who stands as another now go on under that one: there they are shown, and worked on. */
export async function takeAlong(
  tx: Transaction,
  caseId: string,
  people: TracedPeople,
  { reviews, workedOn }: Decisions,
): Promise<void> {
  const nowOf = (citizen: Citizen) => people.standingOf(people.keyOf(citizen));
  const contacts = workedOn.map((row) => ({ from: citizenOf(row), to: nowOf(citizenOf(row)) }));
  // The province of a row is where it is kept: a task stays in its own.
  await moveContacts(
    tx,
    caseId,
    contacts.filter(({ from, to }) => from.province === to.province && from.id !== to.id),
  );
  const links = reviews.map((row) => ({ row, source: nowOf(sourceOf(row)), target: nowOf(targetOf(row)) }));
  await moveReviews(
    tx,
    caseId,
    links.filter(({ row, source, target }) => source.id !== row.source_id || target.id !== row.target_id),
  );
}
