import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { addDocuments, findKnown, findOrAddCitizens } from './citizens.service.ts';
import { proven } from './doubles/double-evidence.ts';
import { proposeDoubles } from './doubles/doubles.queries.ts';
import {
  hashedDocuments,
  hashesOf,
  openIdentifiers,
  sealIdentifiers,
  type HashedDocument,
} from './identifiers.service.ts';
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

type CardNumber = Joining & HashedDocument;

const holdIdentifiers = {
  name: 'hold-identifiers-of-citizens',
  text: 'select id, identifiers_sealed from citizen where province_code = $1 and id = any($2) order by id for update',
};
const keepIdentifiers = {
  name: 'keep-identifiers',
  text: `update citizen c set identifiers_sealed = w.sealed from unnest($2::uuid[], $3::bytea[]) as w (id, sealed)
         where c.province_code = $1 and c.id = w.id`,
};

async function joinNumbers(tx: Transaction, keys: Keys, province: string, joining: Joining[], at: Date): Promise<void> {
  const numbers = joining.flatMap((joined) =>
    hashedDocuments(keys, { idNumber: joined.card.idNumber, formerIdNumber: joined.card.formerIdNumber }).map(
      (document): CardNumber => ({ ...joined, ...document }),
    ),
  );
  const hashes = hashesOf(numbers);
  const holderAmong = (known: Map<string, string>) => (number: CardNumber) =>
    number.hashes.map((hash) => known.get(hash.toString('hex'))).find(Boolean);
  let holderOf = holderAmong(await findKnown(tx, province, hashes));
  const missing = numbers.filter((number) => !holderOf(number));
  if (missing.length > 0) {
    const held = await tx.rows<SealedRow>(holdIdentifiers, [province, missing.map(({ citizenId }) => citizenId)]);
    const added = missing.map((number) => ({ newId: number.citizenId, documents: [number] }));
    await addDocuments(tx, keys, province, added, at);
    // Read after it was written: another request may have taken a number a moment ago.
    holderOf = holderAmong(await findKnown(tx, province, hashes));
    const isWhole = ({ citizenId }: Joining) =>
      numbers.every((number) => number.citizenId !== citizenId || holderOf(number) === citizenId);
    await keepNumbers(tx, keys, province, held, missing.filter(isWhole));
  }
  const doubles = numbers.flatMap((number) => {
    const other = holderOf(number);
    return other && other !== number.citizenId ? [{ one: number.citizenId, other, ...proven }] : [];
  });
  await proposeDoubles(tx, province, doubles, at);
}

interface SealedRow {
  id: string;
  identifiers_sealed: Buffer | null;
}

/** A number is found by its hash, and kept sealed with the person's others: keys are changed by what is sealed. */
async function keepNumbers(
  tx: Transaction,
  keys: Keys,
  province: string,
  held: readonly SealedRow[],
  joined: readonly Joining[],
): Promise<void> {
  const cardOf = new Map(joined.map(({ citizenId, card }) => [citizenId, card]));
  const rows = held.filter(({ id }) => cardOf.has(id));
  const sealed = rows.map(({ id, identifiers_sealed }) => {
    const { idNumber, formerIdNumber } = cardOf.get(id) ?? {};
    return sealIdentifiers(keys, {
      ...openIdentifiers(keys, identifiers_sealed),
      ...(idNumber ? { idNumber } : {}),
      ...(formerIdNumber ? { formerIdNumber } : {}),
    });
  });
  await tx.rows(keepIdentifiers, [province, rows.map(({ id }) => id), sealed]);
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
