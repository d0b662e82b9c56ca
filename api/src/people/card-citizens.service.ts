import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { findOrAddCitizens } from './citizens.service.ts';
import { proven } from './doubles/double-evidence.ts';
import { proposeDoubles } from './doubles/doubles.queries.ts';
import { documentHashes, documentsOf, openIdentifiers, sealIdentifiers } from './identifiers.service.ts';
import { insertDocuments, findDocuments } from './citizens.queries.ts';
import type { PersonRow } from './person-view.service.ts';
import { birthYear } from './shared/birth-date.ts';
import type { CardPerson } from './shared/card-code.ts';

export interface ReadCard {
  card: CardPerson;
  /** An officer compared the card itself: only then is what it names true of its holder. */
  compared: boolean;
}

/**
 * The citizens of a province whom cards name, in order: found by any of their numbers, or made of the card. Of a card that was
 * compared, the number that was missing becomes the citizen's too; where its two numbers are known for two people, these are
 * proposed as one. The statements do not grow with the cards.
 */
export async function citizensOfCards(
  tx: Transaction,
  keys: Keys,
  province: string,
  cards: readonly ReadCard[],
  at: Date,
): Promise<string[]> {
  const people = cards.map(({ card, compared }) => ({
    person: personOf(keys, card, compared),
    idNumber: card.idNumber,
    passportNumber: card.passportNumber,
    formerIdNumber: compared ? card.formerIdNumber : null,
  }));
  const ids = await findOrAddCitizens(tx, keys, province, people, at);
  const joining = cards.flatMap(({ card, compared }, position) =>
    compared && card.formerIdNumber ? [{ card, citizenId: ids[position] ?? '' }] : [],
  );
  if (joining.length > 0) await joinNumbers(tx, keys, province, joining, at);
  return ids;
}

interface Joining {
  card: CardPerson;
  citizenId: string;
}

const numbersOf = ({ idNumber, formerIdNumber }: CardPerson) => documentsOf({ idNumber, formerIdNumber });

async function joinNumbers(tx: Transaction, keys: Keys, province: string, joining: Joining[], at: Date): Promise<void> {
  const hashed = joining.flatMap(({ card, citizenId }) =>
    numbersOf(card).map((document) => ({ document, citizenId, hashes: documentHashes(keys, document) })),
  );
  const rows = await findDocuments(
    tx,
    province,
    hashed.flatMap(({ hashes }) => hashes),
  );
  const holders = new Map(
    rows.flatMap(({ hmac, hmac_next, citizen_id }) =>
      [hmac, hmac_next].filter((hash) => hash !== null).map((hash) => [hash.toString('hex'), citizen_id] as const),
    ),
  );
  const holderOf = (hashes: Buffer[]) => hashes.map((hash) => holders.get(hash.toString('hex'))).find(Boolean);
  const missing = hashed.filter(({ hashes }) => !holderOf(hashes));
  await addNumbers(tx, keys, province, joining, missing, at);
  const doubles = hashed.flatMap(({ citizenId, hashes }) => {
    const holder = holderOf(hashes);
    return holder && holder !== citizenId ? [{ one: citizenId, other: holder, ...proven }] : [];
  });
  await proposeDoubles(tx, province, doubles, at);
}

interface Missing {
  document: ReturnType<typeof numbersOf>[number];
  citizenId: string;
  hashes: Buffer[];
}

const identifiersOf = {
  name: 'identifiers-of-citizens',
  text: 'select id, identifiers_sealed from citizen where province_code = $1 and id = any($2) order by id for update',
};
const keepIdentifiers = {
  name: 'keep-identifiers',
  text: `update citizen c set identifiers_sealed = w.sealed from unnest($2::uuid[], $3::bytea[]) as w (id, sealed)
         where c.province_code = $1 and c.id = w.id`,
};

/** A number is found by its hash, and kept sealed with the person's others: keys are changed by what is sealed. */
async function addNumbers(
  tx: Transaction,
  keys: Keys,
  province: string,
  joining: readonly Joining[],
  missing: readonly Missing[],
  at: Date,
): Promise<void> {
  if (missing.length === 0) return;
  const ids = [...new Set(missing.map(({ citizenId }) => citizenId))];
  const cardOf = new Map(joining.map(({ citizenId, card }) => [citizenId, card]));
  const rows = await tx.rows<{ id: string; identifiers_sealed: Buffer | null }>(identifiersOf, [province, ids]);
  const sealed = rows.map(({ id, identifiers_sealed }) => {
    const { idNumber, formerIdNumber } = cardOf.get(id) ?? {};
    const known = openIdentifiers(keys, identifiers_sealed);
    return sealIdentifiers(keys, {
      ...known,
      ...(idNumber ? { idNumber } : {}),
      ...(formerIdNumber ? { formerIdNumber } : {}),
    });
  });
  await tx.rows(keepIdentifiers, [province, rows.map(({ id }) => id), sealed]);
  const known = new Set(rows.map(({ id }) => id));
  const documents = missing.filter(({ citizenId }) => known.has(citizenId));
  await insertDocuments(
    tx,
    province,
    keys.lookup.active.id,
    documents.map(({ document, citizenId, hashes: [hmac = Buffer.alloc(0), hmacNext = null] }) => ({
      hmac,
      hmacNext,
      citizenId,
      kind: document.kind,
    })),
    at,
  );
}

/** What a card says of somebody who is not known yet. Its address names no unit, so it is left out. */
function personOf(keys: Keys, card: CardPerson, compared: boolean): PersonRow {
  const { idNumber, passportNumber, formerIdNumber } = card;
  return {
    full_name: card.fullName,
    date_of_birth: card.dateOfBirth,
    sex: card.sex ?? sexOf(card),
    nationality: 'VNM',
    identifiers_sealed: sealIdentifiers(keys, {
      ...(idNumber ? { idNumber } : {}),
      ...(compared && formerIdNumber ? { formerIdNumber } : {}),
      ...(passportNumber ? { passportNumber } : {}),
    }),
    permanent_line: null,
    permanent_unit_id: null,
    temporary_line: null,
    temporary_unit_id: null,
  };
}

/** A personal QR says no sex, but a personal number does: its fourth digit is odd for women, where it tells the same year. */
function sexOf({ idNumber, dateOfBirth }: CardPerson): PersonRow['sex'] {
  if (idNumber?.length !== 12 || Number(idNumber.slice(4, 6)) !== birthYear(dateOfBirth) % 100) return 'OTHER';
  return Number(idNumber[3]) % 2 === 1 ? 'FEMALE' : 'MALE';
}
