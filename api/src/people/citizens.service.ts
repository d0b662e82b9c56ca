import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { trigrams } from '../platform/shared/text.ts';
import { newUuid7 } from '../platform/shared/uuid7.ts';
import type { CitizenRow } from './citizen.entity.ts';
import { citizensByIds, findDocuments, insertCitizens, insertDocuments, type DocumentRow } from './citizens.queries.ts';
import { documentHash, documentHashes, documentsOf } from './identifiers.service.ts';
import type { PersonRow } from './person-view.service.ts';

export interface DeclaredCitizen {
  person: PersonRow;
  idNumber: string | null;
  passportNumber: string | null;
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
  const wanted = people.map((declared) => ({
    ...declared,
    newId: newUuid7(at.getTime()),
    documents: documentsOf(declared),
  }));
  const hashes = wanted.flatMap(({ documents }) => documents.flatMap((document) => documentHashes(keys, document)));
  let known = hashes.length > 0 ? index(await findDocuments(tx, province, hashes)) : new Map<string, string>();
  const lookUp = (declared: (typeof wanted)[number]) =>
    declared.documents
      .flatMap((document) => documentHashes(keys, document))
      .map((hash) => known.get(hash.toString('hex')))
      .find(Boolean);

  const fresh = wanted.filter((declared) => declared.documents.length > 0 && !lookUp(declared));
  if (fresh.length > 0) {
    const documents = fresh.flatMap(({ documents: own, newId }) =>
      own.map((document) => ({ hash: documentHash(keys, document), citizenId: newId, kind: document.kind })),
    );
    await insertDocuments(tx, province, documents, at);
    // A new snapshot: another request may have added the same person a moment ago, and then theirs is the one.
    known = new Map([
      ...known,
      ...index(
        await findDocuments(
          tx,
          province,
          documents.map(({ hash }) => hash),
        ),
      ),
    ]);
  }
  const ids = wanted.map((declared) => lookUp(declared) ?? declared.newId);
  const added = wanted.filter(({ newId }, position) => ids[position] === newId);
  if (added.length > 0) await addPeople(tx, province, added, at);
  return ids;
}

const index = (rows: DocumentRow[]) =>
  new Map(
    rows.flatMap(({ hmac, hmac_next, citizen_id }) =>
      [hmac, hmac_next].filter((hash) => hash !== null).map((hash) => [hash.toString('hex'), citizen_id] as const),
    ),
  );

async function addPeople(
  tx: Transaction,
  province: string,
  people: Array<{ newId: string; person: PersonRow }>,
  at: Date,
): Promise<void> {
  const rows: CitizenRow[] = people.map(({ newId, person }) => ({ ...person, province_code: province, id: newId }));
  const nameKeys = rows.flatMap(({ id, full_name }) => trigrams(full_name).map((key) => ({ id, key })));
  await insertCitizens(tx, rows, nameKeys, at);
}

/** Which citizens of these ids are known in a province. */
export async function knownCitizens(tx: Transaction, province: string, ids: string[]): Promise<Set<string>> {
  return new Set((await citizensByIds(tx, [province], ids)).map(({ id }) => id));
}

export interface CitizenKey {
  province: string;
  id: string;
}

export const citizenLoader: LoaderDefinition<CitizenKey, CitizenRow> = {
  cacheKey: ({ province, id }) => `${province}/${id}`,
  async load(context, keys) {
    const tx = await context.transaction();
    const rows = await citizensByIds(
      tx,
      [...new Set(keys.map(({ province }) => province))],
      keys.map(({ id }) => id),
    );
    const found = new Map(rows.map((row) => [`${row.province_code}/${row.id}`, row]));
    return keys.map(({ province, id }) => found.get(`${province}/${id}`) ?? null);
  },
};
