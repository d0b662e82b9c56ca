import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../src/config.ts';
import { Keyring } from '../src/platform/crypto/keyring.ts';
import { defaultDays } from '../src/retention/retention-days.ts';
import type { Keys } from '../src/platform/crypto/keys.ts';

export const testRolePasswords = { api: 'test-api-password', worker: 'test-worker-password' };

const key = (id: string) => ({ id, key: createHash('sha256').update(`test ${id}`).digest() });

/** Keys that are the same in every test, so that what one server made another one reads. */
export const testKeys: Keys = {
  sealing: new Keyring([key('seal-2'), key('seal-1')]),
  lookup: new Keyring([key('look-1')]),
  signing: new Keyring([key('sign-2'), key('sign-1')]),
  session: new Keyring([key('session-1')]),
};

/** The configuration of a server under test, on a free port and a database of its own. */
export function testConfig(databaseUrl: string, changes: Partial<Config> = {}): Config {
  return {
    mode: 'demo',
    port: 0,
    healthPort: null,
    host: '127.0.0.1',
    dataDir: tmpdir(),
    auditHeads: join(tmpdir(), 'cordon-audit'),
    databaseUrl,
    embeddedPassword: '',
    rolePasswords: testRolePasswords,
    migrateAtStart: false,
    keys: testKeys,
    keysFile: null,
    retention: defaultDays,
    registry: { kind: 'none' },
    registryChecks: { perSecond: 1_000, concurrency: 4, mostAttempts: 8, freshMs: 7 * 86_400_000, timeoutMs: 5_000 },
    roles: new Set(['api']),
    demoData: false,
    demoTraffic: 0,
    demoPassword: null,
    sandboxSecret: null,
    secondFactorObligatory: false,
    logLevel: 'silent',
    poolSize: 10,
    publicOrigin: null,
    busUrl: null,
    trustProxy: false,
    // Tests arrive faster than people do; those of floods set their own.
    flood: { busyPerSecond: 100_000, workBits: 4 },
    reportHour: 6,
    traceApprovalPeople: 2_000,
    exports: { mostRows: 1_000_000, keptHours: 24 },
    ...changes,
  };
}
