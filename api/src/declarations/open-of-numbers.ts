import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { documentHashes, phoneHashes } from '../people/identifiers.service.ts';
import type { DeclaredPerson } from './shared/declaration-draft.ts';

const mostCounted = 100;
const countOpen = {
  name: 'count-open-declarations',
  text: 'select count_open_declarations($1, $2, $3, $4, $5) as open',
};

/** Under each hash of an ID number, then of a phone number: how many declarations of the province are open. */
async function countEach(
  tx: Transaction,
  province: string,
  { numbers, phones }: { numbers: readonly Buffer[]; phones: readonly Buffer[] },
  at: Date,
): Promise<number[]> {
  if (numbers.length + phones.length === 0) return [];
  const rows = await tx.rows<{ open: number }>(countOpen, [province, numbers, phones, at, mostCounted]);
  return rows.map(({ open }) => open);
}

/** How many declarations are open under a number or phone, whichever has more, counted to 100. */
export async function openOfNumbers(
  tx: Transaction,
  province: string,
  hashes: { numbers: Array<Buffer | null>; phones: Array<Buffer | null> },
  at: Date,
): Promise<number> {
  const given = (all: Array<Buffer | null>) => distinct(all.filter((hash) => hash !== null));
  const counts = await countEach(tx, province, { numbers: given(hashes.numbers), phones: given(hashes.phones) }, at);
  return Math.max(0, ...counts);
}

/** How many would be open under the number or phone that has most, these people's among them. */
export async function openWith(
  tx: Transaction,
  keys: Keys,
  province: string,
  people: readonly DeclaredPerson[],
  at: Date,
): Promise<number> {
  const numbers = repeats(people.map(({ idNumber }) => idNumber));
  const phones = repeats(people.map(({ phone }) => phone));
  const hashes = {
    numbers: [...numbers.keys()].flatMap((number) => documentHashes(keys, { kind: 'CCCD', number })),
    phones: [...phones.keys()].flatMap((phone) => phoneHashes(keys, phone)),
  };
  const counts = await countEach(tx, province, hashes, at);
  // While a key rotates each number has two hashes, and its declarations stand under either.
  const own = [...numbers.values(), ...phones.values()];
  const each = own.length > 0 ? counts.length / own.length : 0;
  return Math.max(0, ...own.map((mine, place) => mine + sum(counts.slice(place * each, (place + 1) * each))));
}

const distinct = (hashes: Buffer[]): Buffer[] =>
  hashes.filter((hash, at) => hashes.findIndex((other) => other.equals(hash)) === at);

const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);

function repeats(texts: Array<string | null | undefined>): Map<string, number> {
  const times = new Map<string, number>();
  for (const text of texts) if (text) times.set(text, (times.get(text) ?? 0) + 1);
  return times;
}
