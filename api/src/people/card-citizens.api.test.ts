import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, withRole, type Database } from '#api/platform/database/database.ts';
import { Transaction, inTransaction, wholeProvinces } from '#api/platform/database/transaction.ts';
import { Keyring } from '#api/platform/crypto/keyring.ts';
import { aCardCode, anIdNumber, declared } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { testKeys, testRolePasswords } from '#test/test-config.ts';
import { citizensOfCards } from './card-citizens.service.ts';
import { citizenOfDocuments } from './citizens.service.ts';
import { hashedDocuments, hashesOf } from './identifiers.service.ts';
import { readCardCode } from './shared/card-code.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startServer();
  const url = withRole(server.ownerUrl, 'cordon_api', testRolePasswords.api);
  database = await openDatabase({ url, poolSize: 4, entities: [], longestMs: 30_000, onError: () => undefined });
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

// While keys rotate two servers differ for a moment in which of the ring's keys is first.
const { id, key } = testKeys.lookup.active;
const ring = [
  { id, key: key.export() },
  { id: 'look-2', key: Buffer.alloc(32, 7) },
];
const behind = { ...testKeys, lookup: new Keyring(ring) };
const ahead = { ...testKeys, lookup: new Keyring(ring.toReversed()) };

const here = wholeProvinces(['38']);
function holdersOf(tx: Transaction, keys: typeof testKeys, ...texts: string[]): Promise<string[]> {
  const cards = texts.flatMap((text) => {
    const read = readCardCode(text);
    return read?.kind === 'CARD' ? [{ card: read.card, compared: true }] : [];
  });
  return citizensOfCards(tx, keys, '38', cards, new Date());
}
const read = async (keys: typeof testKeys, text: string) =>
  (await inTransaction(database, here, (tx) => holdersOf(tx, keys, text)))[0];
const citizenOf = async ({ id }: { id: string }) =>
  (await server.sql<{ id: string }>('select citizen_id as id from declaration where id = $1', [id]))[0]?.id;

it('a number that two cards name at once, read by servers whose keys rotate, becomes one person’s', async () => {
  const [one, other, shared] = ['174000001', '174000002', anIdNumber()];
  const first = await citizenOf(await declared(server, { person: { idNumber: one } }));
  const second = await citizenOf(await declared(server, { person: { idNumber: other } }));
  const tx = await Transaction.begin(database, here);
  expect(await holdersOf(tx, behind, aCardCode({ idNumber: shared, former: one }))).toEqual([first]);
  const slower = read(ahead, aCardCode({ idNumber: shared, former: other }));
  // It looked and found nobody with the number yet; now it waits for its turn to add it.
  const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
  await expect.poll(() => server.sql(waiting), { timeout: 15_000 }).toHaveLength(1);
  await tx.commit();
  // Found by the number, whoever read it: the one who was first has it, and the two are proposed as one.
  expect([first, second]).toContain(await slower);
  for (const keys of [behind, ahead, testKeys]) expect(await read(keys, aCardCode({ idNumber: shared }))).toBe(first);
  expect(
    await server.sql(`select kind, count(*)::integer from citizen_document where citizen_id = any($1) group by kind`, [
      [first, second],
    ]),
  ).toEqual(
    expect.arrayContaining([
      { kind: 'CCCD', count: 1 },
      { kind: 'CMND', count: 2 },
    ]),
  );
  expect(await server.sql('select score from citizen_double')).toEqual([{ score: 100 }]);
});

it('a card that is read while keys rotate finds its person by either key, and makes no second one', async () => {
  const [former, idNumber] = ['174000003', anIdNumber()];
  const known = await citizenOf(await declared(server, { person: { idNumber: former } }));
  expect(await read(ahead, aCardCode({ idNumber, former }))).toBe(known);
  for (const keys of [behind, ahead, testKeys]) {
    expect(await read(keys, aCardCode({ idNumber }))).toBe(known);
    const byFormer = (tx: Transaction) =>
      citizenOfDocuments(tx, '38', hashesOf(hashedDocuments(keys, { idNumber: former })));
    expect((await inTransaction(database, here, byFormer))?.id).toBe(known);
  }
  expect(await server.sql('select 1 from citizen_document where citizen_id = $1', [known])).toHaveLength(2);
});
