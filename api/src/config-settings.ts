import { z } from 'zod';
import { Keyring } from './platform/crypto/keyring.ts';

export type ServerRole = 'api' | 'worker';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, 'must be a whole number')
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

/** Every setting but those of retention, each alone: its form, its bounds and what it is where it is not set. */
export const settings = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(0, 65_535).default(4000),
  HEALTH_PORT: wholeNumber(1, 65_535).optional(),
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
  BUS_URL: z
    .string()
    .regex(
      /^(nats|tls):\/\/[^\s,]+(,(nats|tls):\/\/[^\s,]+)*$/,
      'must be nats:// or tls:// addresses, joined by commas',
    )
    .optional(),
  ROLES: z
    .string()
    .default('api,worker')
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['api', 'worker'], 'must be api, worker or both, joined by a comma')).min(1)),
  DEMO_DATA: yesOrNo.optional(),
  DEMO_TRAFFIC: z.union([yesOrNo, wholeNumber(1, 600)], 'must be true, false or 1 to 600 vehicles a minute').optional(),
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
  REPORT_HOUR: wholeNumber(0, 23).default(6),
  TRACE_APPROVAL_PEOPLE: wholeNumber(1, 999_999).default(2_000),
  // A sheet of a workbook has no more rows, its head included.
  EXPORT_MAX_ROWS: wholeNumber(1, 1_048_575).default(1_000_000),
  EXPORT_KEPT_HOURS: wholeNumber(1, 168).default(24),
});
export type Settings = z.infer<typeof settings>;

function isPostgresUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
