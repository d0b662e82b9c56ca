import { afterAll, beforeAll, expect, it } from 'vitest';
import { withRole, openDatabase, type Database } from '#api/platform/database/database.ts';
import { anIdNumber, aPhoneNumber, declared } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { testKeys, testRolePasswords } from '#test/test-config.ts';
import { seekDoubles } from './seek-doubles.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startServer();
  const url = withRole(server.ownerUrl, 'cordon_worker', testRolePasswords.worker);
  database = await openDatabase({ url, poolSize: 2, entities: [], longestMs: 60_000, onError: () => undefined });
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const reason = 'làm sạch danh sách';
const seek = () => seekDoubles(database, testKeys, ['38', '01'], new Date());
const someone = (fullName: string, dateOfBirth: string, more: Record<string, unknown> = {}) =>
  declared(server, { person: { fullName, dateOfBirth, sex: 'OTHER', ...more } });
interface Pair {
  evidence: string[];
  one: { id: string; fullName: string };
  other: { id: string };
}
async function pairsOf(name: string): Promise<Pair[]> {
  const answer = await server.graphql<{ likelyDoubles: { edges: Array<{ node: Pair }> } }>(
    'query ($reason: String!) { likelyDoubles(first: 100, reason: $reason) { edges { node { evidence one { id fullName } other { id fullName } } } } }',
    { reason },
    { as: 'admin.38' },
  );
  if (answer.errors) throw new Error(answer.text);
  return answer.data.likelyDoubles.edges.map(({ node }) => node).filter(({ one }) => one.fullName.startsWith(name));
}
const cmnd = (of: number) => String(173_000_000 + of);

it('the same name and birth date, almost the same name, and a number with two digits swapped are found', async () => {
  await someone('Hứa Văn Trùng', '1980-02-03', { idNumber: cmnd(1) });
  await someone('Hứa Văn Trùng', '1980-02-03', { idNumber: anIdNumber('MALE', 1980) });
  await someone('Lục Thị Phương Mai', '1981-02-03', { idNumber: cmnd(2) });
  await someone('Lục Thị Mai Phương', '1981-02-03', { idNumber: cmnd(3), phone: '+84912333444' });
  await someone('Thân Đức Số', '1982-02-03', { idNumber: '038082123456' });
  await someone('Thân Đức Số', '1985-07-07', { idNumber: '038082124356' });
  await seek();
  expect((await pairsOf('Hứa'))[0]?.evidence).toEqual(['SAME_NAME', 'BIRTH_DATE']);
  expect((await pairsOf('Lục'))[0]?.evidence).toEqual(['LIKE_NAME', 'BIRTH_DATE']);
  expect((await pairsOf('Thân'))[0]?.evidence).toEqual(['SAME_NAME', 'LIKE_NUMBER']);
});

it('how many there are is told, whatever the page', async () => {
  const answer = await server.graphql<{ likelyDoubles: { totalCount: number; edges: unknown[] } }>(
    'query ($reason: String!) { likelyDoubles(first: 1, reason: $reason) { totalCount edges { node { id } } } }',
    { reason },
    { as: 'admin.38' },
  );
  expect(answer.data.likelyDoubles.edges).toHaveLength(1);
  expect(answer.data.likelyDoubles.totalCount).toBe(3);
});

it('two of one name and birth date with unlike personal numbers are two people, but for a common phone', async () => {
  await someone('Ninh Văn Hai', '1990-05-17', { idNumber: anIdNumber() });
  await someone('Ninh Văn Hai', '1990-05-17', { idNumber: anIdNumber() });
  const phone = aPhoneNumber();
  await someone('Vi Văn Đôi', '1990-05-17', { idNumber: cmnd(4), phone });
  await someone('Vi Văn Đôi', '1990-05-17', { idNumber: cmnd(5), phone });
  await seek();
  expect(await pairsOf('Ninh')).toEqual([]);
  expect((await pairsOf('Vi'))[0]?.evidence).toEqual(['SAME_NAME', 'BIRTH_DATE', 'PHONE']);
});

it('a pair that was dismissed or merged is not listed, nor proposed again', async () => {
  const dismiss = (one: string, other: string, as = 'admin.38') =>
    server.graphql(
      'mutation ($one: ID!, $other: ID!, $reason: String!) { dismissDouble(one: $one, other: $other, reason: $reason) }',
      { one, other, reason },
      { as },
    );
  const [pair] = await pairsOf('Hứa');
  expect((await dismiss(pair?.one.id ?? '', pair?.other.id ?? '', 'admin.01')).errors?.[0]?.extensions['code']).toBe(
    'NOT_FOUND',
  );
  expect((await dismiss(pair?.one.id ?? '', pair?.other.id ?? '', 'tracer.38')).errors?.[0]?.extensions['code']).toBe(
    'FORBIDDEN',
  );
  expect((await dismiss(pair?.one.id ?? '', pair?.other.id ?? '')).data['dismissDouble']).toBe(true);
  expect((await dismiss(pair?.one.id ?? '', pair?.other.id ?? '')).data['dismissDouble']).toBe(true);
  const [merged] = await pairsOf('Lục');
  await server.graphql(
    'mutation ($keep: ID!, $merge: ID!, $reason: String!) { mergeCitizens(keep: $keep, merge: $merge, reason: $reason) { id } }',
    { keep: merged?.one.id, merge: merged?.other.id, reason },
    { as: 'admin.38' },
  );
  await server.sql('update citizen set doubles_sought_at = null');
  await seek();
  expect([...(await pairsOf('Hứa')), ...(await pairsOf('Lục'))]).toEqual([]);
  expect(await server.sql(`select reason from audit_entry where action = 'citizens.not-the-same'`)).toEqual([
    { reason },
  ]);
});
