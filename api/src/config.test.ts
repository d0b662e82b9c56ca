import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { newFiledKey, writeKeysFile } from './platform/crypto/keys-file.ts';

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'cordon-config-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

const aKey = (id = '2026-a') => `${id}:${randomBytes(32).toString('base64')}`;
const aProduction = (settings: Record<string, string | undefined> = {}) => ({
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://owner:a-long-password@db/cordon',
  DATABASE_API_PASSWORD: 'api-password-1',
  DATABASE_WORKER_PASSWORD: 'worker-password-1',
  SEALING_KEYS: aKey(),
  LOOKUP_KEYS: aKey(),
  SIGNING_KEYS: aKey(),
  SESSION_KEYS: aKey(),
  PUBLIC_ORIGIN: 'https://cordon.example',
  ...settings,
});

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('a demo', () => {
  test('needs no setting, and listens on this machine only', () => {
    const config = readConfig({ DATA_DIR: dataDir });
    expect(config).toMatchObject({ mode: 'demo', port: 4000, host: '127.0.0.1', databaseUrl: null, demoData: true });
    expect([...config.roles]).toEqual(['api', 'worker']);
  });

  test('lets six vehicles a minute pass, or as many as it is told', () => {
    const traffic = (given: object) => readConfig({ DATA_DIR: dataDir, ...given }).demoTraffic;
    expect([traffic({}), traffic({ DEMO_TRAFFIC: '40' }), traffic({ DEMO_TRAFFIC: 'false' })]).toEqual([6, 40, 0]);
    expect(traffic({ DEMO_DATA: 'false' })).toBe(0);
    expect(problemsOf({ DATA_DIR: dataDir, DEMO_TRAFFIC: 'much' })).toEqual([
      'DEMO_TRAFFIC must be true, false or 1 to 600 vehicles a minute',
    ]);
  });

  test('makes its secrets once and keeps them from other users', () => {
    const first = readConfig({ DATA_DIR: dataDir });
    const second = readConfig({ DATA_DIR: dataDir });
    expect(second.demoPassword).toBe(first.demoPassword);
    expect(second.rolePasswords).toEqual(first.rolePasswords);
    expect(second.keys.signing.active.key.equals(first.keys.signing.active.key)).toBe(true);
    expect(first.keys.sealing.active.id).toMatch(/^demo-/);
    for (const file of ['secrets.json', 'keys.json']) expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
  });

  test('keeps the keys of a demo that an earlier version began, and adds what that one lacked', () => {
    const kept = { embeddedPassword: 'e', apiPassword: 'a', workerPassword: 'w', demoPassword: 'd' };
    const sealingKeys = aKey('demo-old');
    writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ ...kept, sealingKeys }));
    const config = readConfig({ DATA_DIR: dataDir });
    expect(config.keys.sealing.ids).toEqual(['demo-old']);
    expect(config.keys.session.ids).toHaveLength(1);
    expect(config.demoPassword).toBe('d');
  });

  test('takes the settings it is given', () => {
    const config = readConfig({
      DATA_DIR: dataDir,
      PORT: '4100',
      HOST: '0.0.0.0',
      DEMO_PASSWORD: 'a demo password',
      ROLES: 'api',
      TRUST_PROXY: '10.0.0.0/8',
    });
    expect(config).toMatchObject({
      port: 4100,
      host: '0.0.0.0',
      demoPassword: 'a demo password',
      trustProxy: '10.0.0.0/8',
    });
    expect([...config.roles]).toEqual(['api']);
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).not.toContain('a demo password');
  });

  test('keeps passages for 21 days, or as told, but never so short that late ones would find their week gone', () => {
    const days = (text?: string) => ({ DATA_DIR: dataDir, ...(text ? { RETENTION_PASSAGES_DAYS: text } : {}) });
    expect(readConfig(days()).retention.passages).toBe(21);
    expect(readConfig(days('90')).retention).toMatchObject({ passages: 90, declarations: 21, auditEntries: 1_095 });
    expect(problemsOf(days('14'))).toEqual(['RETENTION_PASSAGES_DAYS must be a whole number of days, from 15 to 3650']);
  });

  test('takes an empty setting as unset', () => {
    expect(readConfig({ DATA_DIR: dataDir, PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 4000,
      databaseUrl: null,
    });
  });
});

test('all problems are told at once, by name and never by value', () => {
  const env = {
    DATA_DIR: dataDir,
    PORT: 'SECRET1',
    DATABASE_URL: 'SECRET2',
    SIGNING_KEYS: 'SECRET3',
    ROLES: 'SECRET4',
    LOG_LEVEL: 'SECRET5',
    POOL_SIZE: '0',
    PUBLIC_ORIGIN: 'https://SECRET6/path',
    RETENTION_PASSAGES_DAYS: 'SECRET9',
    TRUST_PROXY: 'SECRET7',
    DEMO_PASSWORD: 'S8',
  };
  const problems = problemsOf(env);
  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(
    Object.keys(env)
      .filter((name) => name !== 'DATA_DIR')
      .sort(),
  );
  expect(problems.join('\n')).not.toMatch(/SECRET\d|S8/);
});

describe('production', () => {
  test('starts with its own keys, passwords and database', () => {
    expect(readConfig(aProduction())).toMatchObject({
      mode: 'production',
      secondFactorObligatory: true,
      host: '0.0.0.0',
      demoData: false,
      demoPassword: null,
      publicOrigin: 'https://cordon.example',
    });
  });

  test('names everything that is missing', () => {
    const names = [
      'DATABASE_URL',
      'DATABASE_API_PASSWORD',
      'DATABASE_WORKER_PASSWORD',
      'SEALING_KEYS',
      'LOOKUP_KEYS',
      'SIGNING_KEYS',
      'SESSION_KEYS',
      'PUBLIC_ORIGIN',
    ];
    expect(problemsOf({ NODE_ENV: 'production' }).map((problem) => problem.split(' ')[0])).toEqual(names);
  });

  test.each(['SEALING_KEYS', 'LOOKUP_KEYS', 'SIGNING_KEYS', 'SESSION_KEYS'])('refuses a demo key among %s', (name) => {
    expect(problemsOf(aProduction({ [name]: `${aKey()},${aKey('demo-1a2b3c4d')}` }))).toEqual([
      `${name} holds a demo key: make keys of your own`,
    ]);
  });

  describe('with KEYS_FILE', () => {
    const withoutRings = {
      SEALING_KEYS: undefined,
      LOOKUP_KEYS: undefined,
      SIGNING_KEYS: undefined,
      SESSION_KEYS: undefined,
    };
    const path = () => join(dataDir, 'keys.json');
    const aRing = (id: string) => [{ ...newFiledKey(new Date()), id }];
    const rings = { sealing: aRing('s'), lookup: aRing('l'), signing: aRing('g'), session: aRing('n') };
    const withFile = () => aProduction({ ...withoutRings, KEYS_FILE: path() });

    test('has all its keys from the file', () => {
      writeKeysFile(path(), rings);
      const { keys, keysFile } = readConfig(withFile());
      expect([keys.sealing.ids, keys.lookup.ids, keys.signing.ids, keys.session.ids]).toEqual([
        ['s'],
        ['l'],
        ['g'],
        ['n'],
      ]);
      expect(keysFile?.rings).toEqual(['sealing', 'lookup', 'signing', 'session']);
    });

    test('refuses one that others may read, a broken one, one that lacks a ring, a demo one, and none, never showing a key', () => {
      const problem = (made: () => void) => {
        made();
        return problemsOf(withFile()).join();
      };
      expect(problem(() => undefined)).toMatch(/KEYS_FILE is not there/);
      expect(problem(() => (writeKeysFile(path(), rings), chmodSync(path(), 0o640)))).toMatch(/0600/);
      expect(problem(() => writeFileSync(path(), '{ "sealing": "SECRET', { mode: 0o600 }))).toMatch(/0600|JSON/);
      expect(problem(() => writeKeysFile(path(), { ...rings, lookup: [] }))).toMatch(/lookup/);
      const short = [{ ...newFiledKey(new Date()), key: 'SECRET' }];
      const wrong = problem(() => writeKeysFile(path(), { ...rings, signing: short }));
      expect(wrong).toMatch(/signing\.0\.key/);
      expect(wrong).not.toMatch(/SECRET/);
      expect(problem(() => writeKeysFile(path(), { ...rings, session: aRing('demo-1') }))).toMatch(/demo key/);
    });

    test('refuses a ring that is set beside it', () => {
      writeKeysFile(path(), rings);
      expect(problemsOf({ ...withFile(), LOOKUP_KEYS: aKey() })).toEqual([
        'LOOKUP_KEYS is set beside KEYS_FILE: the file holds all keys',
      ]);
    });
  });

  test('refuses a demo password', () => {
    expect(problemsOf(aProduction({ DEMO_PASSWORD: 'a demo password' }))).toEqual([
      'DEMO_PASSWORD is set: it belongs to a demo',
    ]);
  });

  test('refuses an address without https, but for this machine', () => {
    expect(problemsOf(aProduction({ PUBLIC_ORIGIN: 'http://cordon.example' }))).toEqual([
      'PUBLIC_ORIGIN must be https: cookies and the camera need it',
    ]);
    expect(problemsOf(aProduction({ PUBLIC_ORIGIN: 'http://localhost:4000' }))).toEqual([]);
  });

  test('refuses to believe everybody’s X-Forwarded-For', () => {
    expect(problemsOf(aProduction({ TRUST_PROXY: 'true' }))).toEqual([
      'TRUST_PROXY must name the proxies: true believes anybody’s X-Forwarded-For',
    ]);
  });

  test('tells what is wrong and what is missing together', () => {
    expect(
      problemsOf(aProduction({ PORT: 'x', LOOKUP_KEYS: undefined, DEMO_PASSWORD: 'a demo password' })),
    ).toHaveLength(3);
  });
});
