import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { nameKeys as keysOfName } from '../platform/shared/text.ts';
import { newUuid7 } from '../platform/shared/uuid7.ts';
import type { CitizenRow } from './citizen.entity.ts';
import {
  citizensAsTheyStand,
  citizensByIds,
  findDocuments,
  insertCitizens,
  insertDocuments,
  takeTurnsOnDocuments,
  type NewDocument,
} from './citizens.queries.ts';
import { hashedDocuments, hashesOf, type HashedDocument } from './identifiers.service.ts';
import type { PersonRow } from './person-view.service.ts';

export { citizensAsTheyStand, citizensByIds } from './citizens.queries.ts';

export interface DeclaredCitizen {
  person: PersonRow;
  idNumber: string | null;
  passportNumber: string | null;
  /** The number before it, where a card names both. */
  formerIdNumber?: string | null;
  /** Their id where they are new here: known in another province, they are the same there. */
  newId?: string;
}

/**
 * The citizens of a province for these declared people, in order: found by any of their documents, or made. Who has no
 * document is always new: people are never merged by name. A number of statements that does not grow with the people.
 */
export async function findOrAddCitizens(
  tx: Transaction,
  keys: Keys,
  province: string,
  people: DeclaredCitizen[],
  at: Date,
): Promise<string[]> {
  const wanted = withNewIds(keys, people, at);
  const hashes = wanted.flatMap(({ documents }) => hashesOf(documents));
  let known = await findKnown(tx, province, hashes);
  const before = new Set(known.values());
  const lookUp = (declared: (typeof wanted)[number]) =>
    hashesOf(declared.documents)
      .map((hash) => known.get(hash.toString('hex')))
      .find(Boolean);

  const fresh = wanted.filter((declared) => declared.documents.length > 0 && !lookUp(declared));
  if (fresh.length > 0) {
    await addDocuments(tx, keys, province, fresh, at);
    // A new snapshot: another request may have added the same person a moment ago, and then theirs is the one.
    known = new Map([...known, ...(await findKnown(tx, province, hashes))]);
  }
  const ids = wanted.map((declared) => lookUp(declared) ?? declared.newId);
  // Of two numbers another request may have added one just now: then the other one's holder is new, and a double.
  const holders = new Set([...ids, ...known.values()]);
  const added = wanted.filter(
    ({ newId }, position) =>
      holders.has(newId) && wanted.findIndex((other) => other.newId === newId) === position && !before.has(newId),
  );
  if (added.length > 0) await addPeople(tx, province, added, at);
  return ids;
}

type Wanted = DeclaredCitizen & { newId: string; documents: HashedDocument[] };

/** One id for all in one request who share a number. */
function withNewIds(keys: Keys, people: DeclaredCitizen[], at: Date): Wanted[] {
  const idOf = new Map<string, string>();
  return people.map((declared) => {
    const documents = hashedDocuments(keys, declared);
    const numbers = documents.map(({ kind, number }) => `${kind} ${number}`);
    const newId = numbers.map((number) => idOf.get(number)).find(Boolean) ?? declared.newId ?? newUuid7(at.getTime());
    for (const number of numbers) if (!idOf.has(number)) idOf.set(number, newId);
    return { ...declared, newId, documents };
  });
}

/** Whose the numbers of these hashes are, by each hash that a number has: while keys rotate it has two. */
export async function findKnown(tx: Transaction, province: string, hashes: Buffer[]): Promise<Map<string, string>> {
  const rows = hashes.length > 0 ? await findDocuments(tx, province, hashes) : [];
  return new Map(
    rows.flatMap(({ hmac, hmac_next, citizen_id }) =>
      [hmac, hmac_next].filter((hash) => hash !== null).map((hash) => [hash.toString('hex'), citizen_id] as const),
    ),
  );
}

/**
 * Adds the documents of people who are new. The primary key lets one of two requests at once add a number; while keys rotate
 * and servers differ in which is first, one number has two hashes: then they take turns and look again.
 */
export async function addDocuments(
  tx: Transaction,
  keys: Keys,
  province: string,
  people: ReadonlyArray<{ newId: string; documents: HashedDocument[] }>,
  at: Date,
): Promise<void> {
  const documents = people.flatMap(({ documents: own, newId }) => own.map((document) => newDocument(document, newId)));
  const rotating = keys.lookup.all.length > 1;
  const unknown = rotating ? await stillUnknown(tx, province, documents) : documents;
  await insertDocuments(tx, province, keys.lookup.active.id, unknown, at);
}

async function stillUnknown(tx: Transaction, province: string, documents: NewDocument[]): Promise<NewDocument[]> {
  const hashes = documents.flatMap(bothHashes);
  await takeTurnsOnDocuments(tx, [...new Set(hashes.map((hash) => hash.readBigInt64BE()))]);
  const known = await findKnown(tx, province, hashes);
  return documents.filter((document) => !bothHashes(document).some((hash) => known.has(hash.toString('hex'))));
}

function newDocument({ kind, hashes }: HashedDocument, citizenId: string): NewDocument {
  const [hmac = Buffer.alloc(0), hmacNext = null] = hashes;
  return { hmac, hmacNext, citizenId, kind };
}

const bothHashes = ({ hmac, hmacNext }: NewDocument): Buffer[] => [hmac, ...(hmacNext ? [hmacNext] : [])];

async function addPeople(
  tx: Transaction,
  province: string,
  people: Array<{ newId: string; person: PersonRow }>,
  at: Date,
): Promise<void> {
  const rows: CitizenRow[] = people.map(({ newId, person }) => ({ ...person, province_code: province, id: newId }));
  const nameKeys = rows.flatMap(({ id, full_name }) => keysOfName(full_name).map((key) => ({ id, key })));
  await insertCitizens(tx, rows, nameKeys, at);
}

/** The citizen whom a province knows by one of these hashes of documents, the first that is known; who is merged into another is that one. */
export async function citizenOfDocuments(
  tx: Transaction,
  province: string,
  hashes: Buffer[],
): Promise<CitizenRow | null> {
  const known = await findKnown(tx, province, hashes);
  const id = hashes.map((hash) => known.get(hash.toString('hex'))).find(Boolean);
  const [citizen] = id ? await citizensAsTheyStand(tx, [province], [id]) : [];
  return citizen ?? null;
}

/** Which citizens of these ids are known in a province. */
export async function knownCitizens(tx: Transaction, province: string, ids: string[]): Promise<Set<string>> {
  return new Set((await citizensByIds(tx, [province], ids)).map(({ id }) => id));
}

/** What a province knows of these citizens. */
export const citizensOf = (tx: Transaction, province: string, ids: readonly string[]): Promise<CitizenRow[]> =>
  citizensByIds(tx, [province], ids);

export interface CitizenKey {
  province: string;
  id: string;
}

/** For loaders: one person, one look-up. */
export const cacheKeyOf = ({ province, id }: CitizenKey): string => `${province}/${id}`;

/** Who somebody stands as: of one who is merged into another, the other. */
export const citizenLoader: LoaderDefinition<CitizenKey, CitizenRow> = {
  cacheKey: cacheKeyOf,
  async load(context, keys) {
    const tx = await context.transaction();
    const rows = await citizensAsTheyStand(
      tx,
      [...new Set(keys.map(({ province }) => province))],
      keys.map(({ id }) => id),
    );
    const found = new Map(rows.map((row) => [`${row.province_code}/${row.asked_id}`, row]));
    return keys.map(({ province, id }) => found.get(`${province}/${id}`) ?? null);
  },
};
