import { join, resolve } from 'node:path';
import { z } from 'zod';
import { readRetention } from './config-retention.ts';
import type { RetentionDays } from './retention/retention-days.ts';
import { demoKeyProblem, keySettings, readKeys, unfitKeySettings, type KeyConfig } from './config-keys.ts';
import { demoKeysFile, demoSecrets, type DemoSecrets } from './demo/demo-secrets.ts';
import { Keyring } from './platform/crypto/keyring.ts';
import type { Keys } from './platform/crypto/keys.ts';
import type { RingName } from './platform/crypto/keys-file.ts';
import type { KeysSource } from './platform/crypto/watch-keys-file.ts';
import { ConfigError } from './platform/config-error.ts';
import type { RolePasswords } from './platform/database/migrate.ts';

export type ServerRole = 'api' | 'worker';

export interface Config {
  mode: 'demo' | 'production';
  port: number;
  host: string;
  dataDir: string;
  /** Where the worker writes the heads of the audit trail: outside the database. */
  auditHeads: string;
  /** The owner's address; null starts the embedded PostgreSQL in `dataDir`/postgres. */
  databaseUrl: string | null;
  /** The owner's password in the embedded PostgreSQL. */
  embeddedPassword: string;
  rolePasswords: RolePasswords;
  /** False where migrations are run apart, by `npm run migrate`. */
  migrateAtStart: boolean;
  keys: Keys;
  /** Where keys that may change while the server runs come from. */
  keysFile: KeysSource | null;
  retention: RetentionDays;
  roles: ReadonlySet<ServerRole>;
  /** Load the demo province into an empty database; never in production. */
  demoData: boolean;
  demoPassword: string | null;
  /** Whether ADMIN, TRACER and AUDITOR must have a second factor. */
  secondFactorObligatory: boolean;
  logLevel: string;
  poolSize: number;
  publicOrigin: string | null;
  trustProxy: boolean | string;
  /** From how many declarations a second this node asks for work, and how much at least. */
  flood: { busyPerSecond: number; workBits: number };
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);
const yesOrNo = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');
const secret = z.string().min(12, 'must have at least 12 characters');
const keyring = (setting: string) =>
  z.string().transform((text, context) => {
    try {
      return Keyring.read(setting, text);
    } catch {
      context.addIssue(
        'must be id:base64 pairs joined by commas, each key of 32 bytes, each id of letters, digits, . _ and -',
      );
      return z.NEVER;
    }
  });

const settings = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address or a host name')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  AUDIT_HEADS: z.string().optional(),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'must be a postgres:// address with a database name').optional(),
  DATABASE_API_PASSWORD: secret.optional(),
  DATABASE_WORKER_PASSWORD: secret.optional(),
  MIGRATE_AT_START: yesOrNo.default(true),
  SEALING_KEYS: keyring('SEALING_KEYS').optional(),
  LOOKUP_KEYS: keyring('LOOKUP_KEYS').optional(),
  SIGNING_KEYS: keyring('SIGNING_KEYS').optional(),
  SESSION_KEYS: keyring('SESSION_KEYS').optional(),
  KEYS_FILE: z.string().optional(),
  ROLES: z
    .string()
    .default('api,worker')
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['api', 'worker'], 'must be api, worker or both, joined by a comma')).min(1)),
  DEMO_DATA: yesOrNo.optional(),
  DEMO_PASSWORD: z.string().min(4, 'must have at least 4 characters').optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  POOL_SIZE: wholeNumber(2, 500).default(20),
  PUBLIC_ORIGIN: z
    .string()
    .refine(isOrigin, 'must be an origin such as https://cordon.example, without a path')
    .optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(true|false|[\d.:a-f/, ]+)$/i, 'must be true, false or the addresses of the proxies')
    .transform((text) => (text === 'true' ? true : text === 'false' ? false : text))
    .default(false),
  BUSY_DECLARATIONS_PER_SECOND: wholeNumber(1, 100_000).default(50),
  WORK_BITS: wholeNumber(1, 20).default(13),
});
type Settings = z.infer<typeof settings>;

/** Reads the settings: the only reader of the environment. An empty setting counts as unset. Throws a ConfigError. */
export function readConfig(env: Environment): Config {
  const retention = readRetention(env);
  const { given, read } = readSettings(env, unfitForProduction, retention.problems);
  const config = given['NODE_ENV'] === 'production' ? productionConfig(read) : demoConfig(read);
  return { ...config, retention: retention.days };
}

/** What verifying the audit trail needs: an auditor holds no keys and no passwords of the server. */
export type VerifyConfig = Pick<Config, 'databaseUrl' | 'embeddedPassword' | 'dataDir' | 'auditHeads'>;

export function readVerifyConfig(env: Environment): VerifyConfig {
  const { read } = readSettings(env, (given) => missingFrom(given, ['DATABASE_URL']));
  const { dataDir, auditHeads } = common(read, { host: '', logLevel: 'warn' });
  const databaseUrl = read.DATABASE_URL ?? null;
  return {
    dataDir,
    auditHeads,
    databaseUrl,
    embeddedPassword: databaseUrl ? '' : demoSecrets(dataDir).embeddedPassword,
  };
}

/** Where npm run keys:file writes, and the rings that settings give until now. */
export function readKeysConfig(env: Environment): {
  path: string;
  rings: Partial<Record<RingName, Keyring | undefined>>;
} {
  const { read } = readSettings(env, () => []);
  if (!read.KEYS_FILE) throw new ConfigError(['KEYS_FILE is missing: the file to make']);
  return { path: read.KEYS_FILE, rings: givenRings(read) };
}

type Environment = Readonly<Record<string, string | undefined>>;

function readSettings(
  env: Environment,
  unfit: (given: Environment) => string[],
  others: readonly string[] = [],
): { given: Environment; read: Settings } {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in settings.shape && value !== ''),
  );
  const parsed = settings.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`)),
    ...others,
    ...(given['NODE_ENV'] === 'production' ? unfit(given) : []),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return { given, read: parsed.data };
}

const requiredInProduction = {
  DATABASE_URL: 'the address of PostgreSQL 15 or later; the embedded one is for trying out and tests only',
  DATABASE_API_PASSWORD: "the password of the API's database role",
  DATABASE_WORKER_PASSWORD: "the password of the worker's database role",
  SEALING_KEYS: 'the keys that identifiers are encrypted under',
  LOOKUP_KEYS: 'the keys by which identifiers are found',
  SIGNING_KEYS: 'the keys that sign passes',
  SESSION_KEYS: 'the keys that sessions are known by',
  PUBLIC_ORIGIN: 'the address people reach it by, such as https://cordon.example',
} as const;

type Required = keyof typeof requiredInProduction;
const keyNames = new Set<string>(Object.values(keySettings));

const missingFrom = (given: Environment, names: readonly Required[]): string[] =>
  names
    .filter((name) => given[name] === undefined && !(given['KEYS_FILE'] && keyNames.has(name)))
    .map((name) => `${name} is missing: ${requiredInProduction[name]}`);

function unfitForProduction(given: Environment): string[] {
  const missing = missingFrom(given, Object.keys(requiredInProduction) as Required[]);
  const set = ['DEMO_PASSWORD', 'DEMO_DATA']
    .filter((name) => given[name] !== undefined && given[name] !== 'false')
    .map((name) => `${name} is set: it belongs to a demo`);
  const open = /^http:\/\/(?!localhost(:|$)|127\.0\.0\.1(:|$))/.test(given['PUBLIC_ORIGIN'] ?? '')
    ? ['PUBLIC_ORIGIN must be https: cookies and the camera need it']
    : [];
  const gullible =
    given['TRUST_PROXY'] === 'true'
      ? ['TRUST_PROXY must name the proxies: true believes anybody’s X-Forwarded-For']
      : [];
  return [...missing, ...unfitKeySettings(given), ...set, ...open, ...gullible];
}

type WithoutRetention = Omit<Config, 'retention'>;

function productionConfig(read: Settings): WithoutRetention {
  const { DATABASE_URL, DATABASE_API_PASSWORD, DATABASE_WORKER_PASSWORD } = read;
  if (!DATABASE_URL || !DATABASE_API_PASSWORD || !DATABASE_WORKER_PASSWORD) {
    throw new ConfigError(['a required setting is missing']);
  }
  const keys = readKeys(givenRings(read), read.KEYS_FILE ?? null);
  const demoKeys = Object.values(keys.keys).flatMap((ring: Keyring) => demoKeyProblem('KEYS_FILE', ring.ids));
  if (demoKeys.length > 0) throw new ConfigError([...new Set(demoKeys)]);
  return {
    ...common(read, { host: '0.0.0.0', logLevel: 'info' }),
    mode: 'production',
    databaseUrl: DATABASE_URL,
    embeddedPassword: '',
    rolePasswords: { api: DATABASE_API_PASSWORD, worker: DATABASE_WORKER_PASSWORD },
    ...keys,
    demoData: false,
    demoPassword: null,
    secondFactorObligatory: true,
  };
}

function demoConfig(read: Settings): WithoutRetention {
  const shared = common(read, { host: '127.0.0.1', logLevel: 'warn' });
  const made: DemoSecrets = demoSecrets(shared.dataDir);
  return {
    ...shared,
    mode: 'demo',
    databaseUrl: read.DATABASE_URL ?? null,
    embeddedPassword: made.embeddedPassword,
    rolePasswords: {
      api: read.DATABASE_API_PASSWORD ?? made.apiPassword,
      worker: read.DATABASE_WORKER_PASSWORD ?? made.workerPassword,
    },
    ...demoKeys(read, shared.dataDir),
    demoData: read.DEMO_DATA ?? true,
    demoPassword: read.DEMO_PASSWORD ?? made.demoPassword,
    secondFactorObligatory: false,
  };
}

const givenRings = (read: Settings) => ({
  sealing: read.SEALING_KEYS,
  lookup: read.LOOKUP_KEYS,
  signing: read.SIGNING_KEYS,
  session: read.SESSION_KEYS,
});

function demoKeys(read: Settings, dataDir: string): KeyConfig {
  const given = givenRings(read);
  const all = Object.values(given).every(Boolean);
  return readKeys(given, all ? null : (read.KEYS_FILE ?? demoKeysFile(dataDir)));
}

function common(read: Settings, defaults: { host: string; logLevel: string }) {
  return {
    port: read.PORT,
    host: read.HOST ?? defaults.host,
    dataDir: resolve(read.DATA_DIR),
    auditHeads: resolve(read.AUDIT_HEADS ?? join(read.DATA_DIR, 'audit')),
    migrateAtStart: read.MIGRATE_AT_START,
    roles: new Set<ServerRole>(read.ROLES),
    logLevel: read.LOG_LEVEL ?? defaults.logLevel,
    poolSize: read.POOL_SIZE,
    publicOrigin: read.PUBLIC_ORIGIN ?? null,
    trustProxy: read.TRUST_PROXY,
    flood: { busyPerSecond: read.BUSY_DECLARATIONS_PER_SECOND, workBits: read.WORK_BITS },
  };
}

function isPostgresUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
