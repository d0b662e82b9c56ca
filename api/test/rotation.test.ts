import { createHash } from 'node:crypto';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyringOf, newFiledKey, readKeysFile, writeKeysFile, type RingName } from '#api/platform/crypto/keys-file.ts';
import { totpPurpose } from '#api/accounts/second-factor/totp.ts';
import { seal, unseal } from '#api/platform/crypto/sealing.ts';
import { lookupHash } from '#api/platform/crypto/lookup.ts';
import type { NodeProcess } from './node-process.ts';
import { rotationDesk, type RotationDesk } from './rotation-desk.ts';
import { ask, declare, receiptOf, scanned, signIn, startLoad, type Person } from './rotation-load.ts';

const longest = 240_000;
let desk: RotationDesk;
let node: NodeProcess;
let other: NodeProcess;
let owner: pg.Pool;
let before: { person: Person; cookie: string };

beforeAll(async () => {
  desk = await rotationDesk();
  [node, other] = desk.nodes as [NodeProcess, NodeProcess];
  owner = new pg.Pool({ connectionString: desk.ownerUrl, max: 2 });
  before = { person: await declare(node), cookie: await signIn(node) };
});
afterAll(async () => {
  await owner.end();
  await desk.stop();
});

const count = async (text: string, values: unknown[] = []) =>
  Number((await owner.query<{ count: number }>(text, values)).rows[0]?.count);
const whoIs = async (cookie: string) =>
  (
    await ask<{ viewer: { account: { username: string } } | null }>(
      other,
      '{ viewer { account { username } } }',
      {},
      cookie,
    )
  ).data.viewer?.account.username;

/** What was made before a rotation still works at both servers, whichever step it is at. */
async function expectAllThere({ person, cookie }: typeof before): Promise<void> {
  expect(await whoIs(cookie)).toBe('officer.38');
  for (const at of [node, other]) {
    expect((await scanned(at, cookie, person.qrPayload, desk.checkpoint)).__typename).toBe('ValidPass');
    const found = await scanned(at, cookie, person.idNumber, desk.checkpoint);
    expect(found.declarations?.map((declaration) => declaration.person.idNumber)).toContain(person.idNumber);
    expect(await receiptOf(at, person.secret)).toBe(person.idNumber);
  }
}

/** Rotates and finishes while people pass through, and expects nobody to have noticed. */
async function rotateUnderLoad(ring: RingName): Promise<{ old: string; now: string }> {
  const old = desk.file()[ring][0]?.id ?? '';
  const load = startLoad(desk);
  const rotated = await desk.rotate(ring, '--now');
  expect(rotated).toMatchObject({ code: 0 });
  expect(desk.file()[ring].map(({ id }) => id)).toEqual([expect.not.stringMatching(old), old]);
  await expectAllThere(before);
  expect((await desk.rotate(ring, '--finish')).said).toMatch(/is needed until/);
  const newest = { person: await declare(other), cookie: await signIn(other) };
  desk.letTimePass(ring);
  expect(await desk.rotate(ring, '--finish')).toMatchObject({ code: 0 });
  await expectAllThere(newest);
  const { passed, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(passed).toBeGreaterThan(5);
  expect(desk.file()[ring]).toHaveLength(1);
  return { old, now: desk.file()[ring][0]?.id ?? '' };
}

describe('a rotation under load fails no request', () => {
  it(
    'of the sealing keys: afterwards nothing is sealed under the earlier one',
    async () => {
      const factor = seal(keyringOf(desk.file().sealing), totpPurpose, 'a secret');
      await owner.query(
        `insert into account_second_factor (account_id, secret_sealed, enrolled_at) select id, $1, now() from account where username = 'auditor.38'`,
        [factor],
      );
      const { old, now } = await rotateUnderLoad('sealing');
      const { rows } = await owner.query<{ secret: Buffer }>(
        'select secret_sealed as secret from account_second_factor',
      );
      expect(rows.map(({ secret }) => unseal(keyringOf(desk.file().sealing), totpPurpose, secret))).toEqual([
        'a secret',
      ]);
      const under = (table: string) =>
        `select count(*) from ${table} where convert_from(substring(identifiers_sealed from 3 for get_byte(identifiers_sealed, 1)), 'utf8') = $1`;
      for (const table of ['citizen', 'declaration']) {
        expect(await count(under(table), [old])).toBe(0);
        expect(await count(under(table), [now])).toBeGreaterThan(5);
      }
      await expectAllThere(before);
    },
    longest,
  );

  it(
    'of the look-up keys: nobody is known twice, everybody is found, and no hash of the earlier key is left',
    async () => {
      const earlier = keyringOf(desk.file().lookup);
      await rotateUnderLoad('lookup');
      const hash = lookupHash(earlier, 'id', before.person.idNumber);
      expect(
        await count('select count(*) from citizen_document where hmac = $1 or hmac_next is not null', [hash]),
      ).toBe(0);
      expect(await count('select count(*) from declaration where id_number_hmac = $1', [hash])).toBe(0);
      expect(await count('select count(*) from citizen')).toBe(
        await count('select count(distinct id_number_hmac) from declaration'),
      );
      await expectAllThere(before);
    },
    longest,
  );

  it(
    'of the signing keys: passes of the earlier one hold while it is listed, and are refused after',
    async () => {
      const { person, cookie } = before;
      await rotateUnderLoad('signing');
      expect(await scanned(node, cookie, person.qrPayload, desk.checkpoint)).toMatchObject({
        __typename: 'InvalidPass',
      });
      const { qrPayload } = (
        await ask<{ receipt: { qrPayload: string } }>(
          node,
          'query ($secret: String!) { receipt(secret: $secret) { qrPayload } }',
          {
            secret: person.secret,
          },
        )
      ).data.receipt;
      before = { cookie, person: { ...person, qrPayload } };
      await expectAllThere(before);
    },
    longest,
  );

  it(
    'of the session keys: sessions go on while the earlier one is listed, and end after',
    async () => {
      await rotateUnderLoad('session');
      expect(await whoIs(before.cookie)).toBeUndefined();
      before = { ...before, cookie: await signIn(node) };
      await expectAllThere(before);
    },
    longest,
  );

  it('and each step stands in the audit trail, without a key', async () => {
    const { rows } = await owner.query<{ action: string; detail: { ring: string } }>(
      `select action, detail from audit_entry where action like 'key.%' order by id`,
    );
    const rings = ['sealing', 'lookup', 'signing', 'session'];
    expect(rows.map(({ action, detail }) => `${detail.ring} ${action}`)).toEqual(
      rings.flatMap((ring) => ['add', 'promote', 'drop'].map((step) => `${ring} key.${step}`)),
    );
    const secrets = Object.values(desk.file()).flatMap((ring) => ring.map(({ key }) => key));
    for (const secret of secrets) expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('the command', () => {
  it(
    'lets a signing key be known for a day before passes are signed with it',
    async () => {
      const [first] = desk.file().signing;
      const { code, said } = await desk.rotate('signing');
      expect(code).toBe(0);
      expect(said).toMatch(/devices without network learn it within a day/);
      expect(desk.file().signing[0]?.id).toBe(first?.id);
      const { keys } = (await (await fetch(`${node.url}/trust.json`)).json()) as { keys: unknown[] };
      expect(keys.length).toBeLessThanOrEqual(2);
      expect(desk.file().signing).toHaveLength(2);
      expect((await desk.rotate('signing')).said).toMatch(/devices without network/);
      expect(desk.file().signing).toHaveLength(2);
    },
    longest,
  );

  it(
    'goes on where it was broken off: a key that is known is made first, and no third one is added',
    async () => {
      const file = desk.file();
      const next = newFiledKey(new Date());
      writeKeysFile(desk.path, { ...file, sealing: [...file.sealing, next] });
      expect(await desk.rotate('sealing')).toMatchObject({ code: 0 });
      expect(desk.file().sealing.map(({ id }) => id)).toEqual([next.id, file.sealing[0]?.id]);
      expect(await desk.rotate('sealing')).toMatchObject({ code: 0 });
      expect(desk.file().sealing).toHaveLength(2);
    },
    longest,
  );

  it(
    'gives up after its bound where a server does not learn the key, says so, and changes nothing else',
    async () => {
      await owner.query('insert into key_holder values ($1, now(), $2)', [
        '01900000-0000-7000-8000-000000000000',
        JSON.stringify({ sealing: ['x'], lookup: ['x'], signing: ['x'], session: ['x'] }),
      ]);
      const [first] = desk.file().session;
      const { code, said } = await desk.rotate('session', '--wait=1');
      expect(code).toBe(1);
      expect(said).toMatch(/1 of 3 running servers do not know the new key/);
      expect(desk.file().session[0]?.id).toBe(first?.id);
      await owner.query(`delete from key_holder where rings->'session' = '["x"]'`);
    },
    longest,
  );

  it('says how it is used, and leaves the file readable by its owner alone', async () => {
    expect((await desk.rotate('everything')).said).toMatch(/keys:rotate -- sealing/);
    expect(statSync(desk.path).mode & 0o777).toBe(0o600);
  });
});

it('the file is made once, mode 0600, from the keys that settings give, and new ones', async () => {
  const path = `${desk.path}.made`;
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
  const settings = { KEYS_FILE: path, SEALING_KEYS: `b:${key(2)},a:${key(1)}` };
  expect(await desk.makeFile(settings)).toMatchObject({ code: 0, said: expect.stringMatching(/its sealing keys/) });
  const { sealing, lookup } = readKeysFile(path);
  expect(sealing).toEqual([
    expect.objectContaining({ id: 'b', key: key(2), retiredAt: null }),
    expect.objectContaining({ id: 'a', key: key(1), retiredAt: expect.any(String) }),
  ]);
  expect(lookup).toHaveLength(1);
  expect(await desk.makeFile(settings)).toMatchObject({ code: 1, said: expect.stringMatching(/is there already/) });
  expect(readKeysFile(path).lookup).toEqual(lookup);
});

describe('a server refuses a file of keys', () => {
  const logged = (at: NodeProcess) =>
    at
      .output()
      .split('\n')
      .filter((line) => line.includes('KEYS_FILE was refused')).length;

  /** Waits until both servers have looked at the file and refused it. */
  async function expectRefused(spoil: () => void): Promise<void> {
    const good = desk.file();
    const earlier = desk.nodes.map(logged);
    spoil();
    await expect
      .poll(() => desk.nodes.map((at, index) => logged(at) > (earlier[index] ?? 0)), { timeout: 20_000 })
      .toEqual([true, true]);
    await expectAllThere(before);
    writeKeysFile(desk.path, good);
  }

  it(
    'that is broken, loudly, and goes on with the keys it has',
    () => expectRefused(() => writeFileSync(desk.path, '{ "sealing": [')),
    longest,
  );

  it('that others may read', () => expectRefused(() => chmodSync(desk.path, 0o644)), longest);

  it(
    "that is another deployment's",
    () =>
      expectRefused(() => {
        const aRing = () => [newFiledKey(new Date())];
        writeKeysFile(desk.path, { sealing: aRing(), lookup: aRing(), signing: aRing(), session: aRing() });
      }),
    longest,
  );

  it(
    'that has other bytes under a known id',
    () =>
      expectRefused(() => {
        const file = desk.file();
        const key = createHash('sha256').update('other').digest('base64');
        writeKeysFile(desk.path, { ...file, lookup: file.lookup.map((entry) => ({ ...entry, key })) });
      }),
    longest,
  );

  it('and says no key in its log', () => {
    for (const at of desk.nodes)
      for (const { key } of Object.values(desk.file()).flat()) expect(at.output()).not.toContain(key);
  });
});
