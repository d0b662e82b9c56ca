import { join, resolve } from 'node:path';
import { settings, type ServerRole, type Settings } from './config-settings.ts';
import { readRegistry, type RegistryConfig } from './config-registry.ts';
import { readRetention } from './config-retention.ts';
import type { CheckSettings } from './registry/checks/check-settings.ts';
import type { RetentionDays } from './retention/retention-days.ts';
import { demoKeyProblem, keySettings, readKeys, unfitKeySettings, type KeyConfig } from './config-keys.ts';
import { demoKeysFile, demoSecrets, type DemoSecrets } from './demo/demo-secrets.ts';
import type { Keyring } from './platform/crypto/keyring.ts';
import type { Keys } from './platform/crypto/keys.ts';
import type { RingName } from './platform/crypto/keys-file.ts';
import type { KeysSource } from './platform/crypto/watch-keys-file.ts';
import { ConfigError } from './platform/config-error.ts';
import type { RolePasswords } from './platform/database/migrate.ts';

export interface Config {
  mode: 'demo' | 'production';
  port: number;
  /** Where a process without the API tells how it is; null: nowhere. */
  healthPort: number | null;
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
  registry: RegistryConfig;
  registryChecks: CheckSettings;
  roles: ReadonlySet<ServerRole>;
  /** Load the demo province into an empty database; never in production. */
  demoData: boolean;
  /** How many vehicles a minute go on passing in the demo while the server runs; 0: none. */
  demoTraffic: number;
  demoPassword: string | null;
  /** The secret of the demo's sandbox app; null: there is none. */
  sandboxSecret: string | null;
  /** Whether ADMIN, TRACER and AUDITOR must have a second factor. */
  secondFactorObligatory: boolean;
  logLevel: string;
  poolSize: number;
  publicOrigin: string | null;
  /** Where nodes tell each other what passes (NATS); null: there is one node. */
  busUrl: string | null;
  trustProxy: boolean | string;
  /** From how many declarations a second this node asks for work, and how much at least. */
  flood: { busyPerSecond: number; workBits: number };
  /** The hour of the morning, in Viet Nam, at which the report of the day before is made. */
  reportHour: number;
  /** A trace that reaches more people waits for a second tracer. */
  traceApprovalPeople: number;
  /** How many rows a file may hold, and for how long it is kept. */
  exports: { mostRows: number; keptHours: number };
}

/** Reads the settings: the only reader of the environment. An empty setting counts as unset. Throws a ConfigError. */
export function readConfig(env: Environment): Config {
  const retention = readRetention(env);
  const { registry, checks, problems } = readRegistry(env);
  const { given, read } = readSettings(env, unfitForProduction, [...retention.problems, ...problems]);
  const config = given['NODE_ENV'] === 'production' ? productionConfig(read) : demoConfig(read);
  // The simulated population database knows the demo's people.
  const unset: RegistryConfig = { kind: config.demoData ? 'simulator' : 'none' };
  return { ...config, retention: retention.days, registry: registry ?? unset, registryChecks: checks };
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
  const set = ['DEMO_PASSWORD', 'DEMO_DATA', 'DEMO_TRAFFIC']
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

type OwnSettings = Omit<Config, 'retention' | 'registry' | 'registryChecks'>;

function productionConfig(read: Settings): OwnSettings {
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
    demoTraffic: 0,
    demoPassword: null,
    sandboxSecret: null,
    secondFactorObligatory: true,
  };
}

function demoConfig(read: Settings): OwnSettings {
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
    demoTraffic: vehiclesAMinute(read.DEMO_TRAFFIC ?? read.DEMO_DATA ?? true),
    demoPassword: read.DEMO_PASSWORD ?? made.demoPassword,
    sandboxSecret: made.sandboxSecret,
    secondFactorObligatory: false,
  };
}

// Over the demo's twelve checkpoints. Many more would be an alert at each.
const usualVehicles = 6;
const vehiclesAMinute = (asked: boolean | number): number => (asked === true ? usualVehicles : Number(asked));

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
    healthPort: read.HEALTH_PORT ?? null,
    host: read.HOST ?? defaults.host,
    dataDir: resolve(read.DATA_DIR),
    auditHeads: resolve(read.AUDIT_HEADS ?? join(read.DATA_DIR, 'audit')),
    migrateAtStart: read.MIGRATE_AT_START,
    roles: new Set<ServerRole>(read.ROLES),
    logLevel: read.LOG_LEVEL ?? defaults.logLevel,
    poolSize: read.POOL_SIZE,
    publicOrigin: read.PUBLIC_ORIGIN ?? null,
    busUrl: read.BUS_URL ?? null,
    trustProxy: read.TRUST_PROXY,
    flood: { busyPerSecond: read.BUSY_DECLARATIONS_PER_SECOND, workBits: read.WORK_BITS },
    reportHour: read.REPORT_HOUR,
    traceApprovalPeople: read.TRACE_APPROVAL_PEOPLE,
    exports: { mostRows: read.EXPORT_MAX_ROWS, keptHours: read.EXPORT_KEPT_HOURS },
  };
}
