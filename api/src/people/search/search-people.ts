import type { Keys } from '../../platform/crypto/keys.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Scope } from '../../policy/policy.ts';
import { documentHashes, phoneHashes } from '../identifiers.service.ts';
import type { PeopleElsewhere, PersonKey } from '../people-elsewhere.ts';
import { rankPeople, type FoundBy, type Ranked } from './rank-people.ts';
import type { PeopleSearch } from './read-search.ts';
import { peopleByDocument, peopleByIds, peopleByName, type Candidate } from './search.queries.ts';

/** No search shows more: whoever wants to see further types more. */
export const mostFound = 200;

export interface Found {
  key: PersonKey;
  score: number;
  foundBy: FoundBy[];
}

/**
 * Who answers to a search, best first, as far as the scope reaches them: one statement for those who may, one for those who are
 * reached. Who is merged into somebody is that person.
 */
export async function searchPeople(
  tx: Transaction,
  { keys, elsewhere }: { keys: Keys; elsewhere: PeopleElsewhere },
  scope: Scope,
  search: PeopleSearch,
): Promise<Found[]> {
  const best = asTheyStand(await candidates(tx, { keys, elsewhere }, scope, search)).slice(0, mostFound);
  if (best.length === 0) return [];
  const reached = new Set(
    (
      await elsewhere.reached(
        tx,
        scope,
        best.map(({ key }) => key),
      )
    ).map(textOf),
  );
  return best.filter(({ key }) => reached.has(textOf(key)));
}

const textOf = ({ province_code, id }: PersonKey) => `${province_code}/${id}`;

async function candidates(
  tx: Transaction,
  { keys, elsewhere }: { keys: Keys; elsewhere: PeopleElsewhere },
  scope: Scope,
  search: PeopleSearch,
): Promise<Array<Ranked<Candidate>>> {
  if (search.kind === 'NAME') return rankPeople(search, await peopleByName(tx, scope.provinces, search));
  if (search.kind === 'PHONE')
    return named(tx, 'PHONE', await elsewhere.withPhone(tx, scope, phoneHashes(keys, search.phone)));
  const declared = search.kind === 'CODE' ? await elsewhere.withCode(tx, scope, search.typed) : [];
  if (declared.length > 0) return named(tx, 'CODE', declared);
  const hashes = search.documents.flatMap((document) => documentHashes(keys, document));
  return exactly('NUMBER', await peopleByDocument(tx, scope.provinces, hashes));
}

/** Those whom a declaration names. */
async function named(tx: Transaction, by: FoundBy, people: readonly PersonKey[]): Promise<Array<Ranked<Candidate>>> {
  if (people.length === 0) return [];
  const [provinces, ids] = [people.map(({ province_code }) => province_code), people.map(({ id }) => id)];
  return exactly(by, await peopleByIds(tx, [...new Set(provinces)], ids));
}

const exactly = (by: FoundBy, people: Candidate[]): Array<Ranked<Candidate>> =>
  people.toSorted((a, b) => (a.id < b.id ? 1 : -1)).map((person) => ({ person, score: 100, foundBy: [by] }));

function asTheyStand(ranked: Array<Ranked<Candidate>>): Found[] {
  const found = new Map<string, Found>();
  for (const { person, score, foundBy } of ranked) {
    const key = { province_code: person.province_code, id: person.kept_id };
    if (!found.has(textOf(key))) found.set(textOf(key), { key, score, foundBy });
  }
  return [...found.values()];
}
