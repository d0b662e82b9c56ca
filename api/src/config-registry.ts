import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HOUR_MS } from './platform/shared/instant.ts';
import type { CheckSettings } from './registry/checks/check-settings.ts';
import { usualElements, type RegistrySettings } from './registry/registry-settings.ts';

/** Whether and how the population database is asked; the simulator belongs to a demo and is started with it. */
export type RegistryConfig = { kind: 'none' } | { kind: 'simulator' } | RegistrySettings;

const address = z.string().refine(isAddress, 'must be an http:// or https:// address');
const code = (most: number) => z.string().max(most, `must have at most ${most} characters`).default('');
const namespace = z.string().regex(/^[\w:/.#?=-]{1,200}$/, 'must be a namespace such as http://dancuquocgia.bca');
const pem = z.string().transform((path, context) => {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.includes('-----BEGIN ')) return text;
  } catch {
    // Said below, as of a file that holds something else.
  }
  context.addIssue('must be a PEM file that can be read');
  return z.NEVER;
});

const knownElements = new Set<string>(usualElements);
const elements = z
  .string()
  .transform((text) => text.split(',').map((element) => element.trim()))
  .refine(
    (list) => list.every((element) => knownElements.has(element) || /^[A-Za-z]\w{0,40}=[^<>&]{1,100}$/.test(element)),
    `must be joined by commas, each one of ${usualElements.join(', ')} or Name=value`,
  );

const atLeast = (least: number, most: number) => {
  const bounds = `must be from ${least} to ${most}`;
  return z.coerce.number(bounds).min(least, bounds).max(most, bounds);
};

const settings = z.object({
  REGISTRY_KIND: z.enum(['none', 'simulator', 'soap', 'json'], 'must be none, simulator, soap or json').optional(),
  REGISTRY_URL: address.optional(),
  REGISTRY_TOKEN_URL: address.optional(),
  REGISTRY_CLIENT_ID: z.string().optional(),
  REGISTRY_CLIENT_SECRET: z.string().optional(),
  REGISTRY_MA_DVC: code(20),
  REGISTRY_MA_TICH_HOP: code(20).transform((given) => given || '037'),
  REGISTRY_MA_DON_VI: code(35),
  REGISTRY_MA_CAN_BO: code(20),
  REGISTRY_ELEMENTS: elements.default([...usualElements]),
  REGISTRY_DATE_FORMAT: z.enum(['yyyyMMdd', 'yyyy-MM-dd'], 'must be yyyyMMdd or yyyy-MM-dd').default('yyyyMMdd'),
  REGISTRY_NAMES: z.enum(['AS_WRITTEN', 'UPPER', 'PLAIN'], 'must be AS_WRITTEN, UPPER or PLAIN').default('UPPER'),
  REGISTRY_REQUEST_NAMESPACE: namespace.default('http://dancuquocgia.bca'),
  REGISTRY_RESPONSE_NAMESPACE: namespace.default('http://www.mic.gov.vn/dancu/1.0'),
  REGISTRY_CERTIFICATE_FILE: pem.optional(),
  REGISTRY_KEY_FILE: pem.optional(),
  REGISTRY_CA_FILE: pem.optional(),
  REGISTRY_PROXY: address.optional(),
  REGISTRY_TIMEOUT_MS: z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(100, 'must be from 100 to 120000')
    .max(120_000, 'must be from 100 to 120000')
    .default(10_000),
  REGISTRY_PER_SECOND: atLeast(0.1, 1_000).default(10),
  REGISTRY_CONCURRENCY: atLeast(1, 64).pipe(z.int('must be a whole number')).default(4),
  REGISTRY_ATTEMPTS: atLeast(1, 100).pipe(z.int('must be a whole number')).default(8),
  REGISTRY_FRESH_HOURS: atLeast(0, 10_000).default(168),
});
type Settings = z.infer<typeof settings>;
type Given = Readonly<Record<string, string | undefined>>;

/** `registry` is null where REGISTRY_KIND is not set: what then holds depends on whether it is a demo. */
export function readRegistry(env: Given): {
  registry: RegistryConfig | null;
  checks: CheckSettings;
  problems: string[];
} {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in settings.shape && value));
  const parsed = settings.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`)),
    ...unfit(given, env['NODE_ENV'] === 'production'),
  ];
  const checks = checksOf(parsed.success ? parsed.data : settings.parse({}));
  const kind = parsed.data?.REGISTRY_KIND;
  if (!parsed.success || problems.length > 0 || kind === undefined) return { registry: null, checks, problems };
  return { registry: kind === 'soap' || kind === 'json' ? settingsOf(kind, parsed.data) : { kind }, checks, problems };
}

const checksOf = (read: Settings): CheckSettings => ({
  perSecond: read.REGISTRY_PER_SECOND,
  concurrency: read.REGISTRY_CONCURRENCY,
  mostAttempts: read.REGISTRY_ATTEMPTS,
  freshMs: read.REGISTRY_FRESH_HOURS * HOUR_MS,
  // A token may have to be fetched first.
  timeoutMs: 2 * read.REGISTRY_TIMEOUT_MS,
});

function settingsOf(kind: RegistrySettings['kind'], read: Settings): RegistrySettings {
  const { REGISTRY_TOKEN_URL: tokenUrl, REGISTRY_CLIENT_ID: clientId, REGISTRY_CLIENT_SECRET: clientSecret } = read;
  return {
    kind,
    url: read.REGISTRY_URL ?? '',
    token: tokenUrl && clientId && clientSecret ? { url: tokenUrl, clientId, clientSecret } : null,
    message: {
      elements: read.REGISTRY_ELEMENTS,
      codes: {
        MaDVC: read.REGISTRY_MA_DVC,
        MaTichHop: read.REGISTRY_MA_TICH_HOP,
        MaDonVi: read.REGISTRY_MA_DON_VI,
        MaCanBo: read.REGISTRY_MA_CAN_BO,
      },
      dateFormat: read.REGISTRY_DATE_FORMAT,
      names: read.REGISTRY_NAMES,
      requestNamespace: read.REGISTRY_REQUEST_NAMESPACE,
      responseNamespace: read.REGISTRY_RESPONSE_NAMESPACE,
    },
    transport: {
      certificate: read.REGISTRY_CERTIFICATE_FILE ?? null,
      key: read.REGISTRY_KEY_FILE ?? null,
      authority: read.REGISTRY_CA_FILE ?? null,
      proxy: read.REGISTRY_PROXY ?? null,
      timeoutMs: read.REGISTRY_TIMEOUT_MS,
    },
  };
}

const together = [
  ['REGISTRY_TOKEN_URL', 'REGISTRY_CLIENT_ID', 'REGISTRY_CLIENT_SECRET'],
  ['REGISTRY_CERTIFICATE_FILE', 'REGISTRY_KEY_FILE'],
];

function unfit(given: Given, production: boolean): string[] {
  const { REGISTRY_KIND: kind } = given;
  if (kind === 'simulator') return production ? ['REGISTRY_KIND simulator belongs to a demo'] : [];
  if (kind !== 'soap' && kind !== 'json') return [];
  const missing = given['REGISTRY_URL'] ? [] : [`REGISTRY_URL is missing: where REGISTRY_KIND ${kind} is asked`];
  const halves = together.flatMap((names) => {
    const lacking = names.filter((name) => !given[name]);
    return lacking.length === names.length ? [] : lacking.map((name) => `${name} is missing beside its like`);
  });
  return [...missing, ...halves, ...(production ? ['REGISTRY_URL', 'REGISTRY_TOKEN_URL'].flatMap(openOf(given)) : [])];
}

/** Plain http may go to this machine, or to a neighbour in one private network of containers. */
const openOf = (given: Given) => (name: string) => {
  const url = given[name];
  if (!url || !isAddress(url)) return [];
  const { protocol, hostname } = new URL(url);
  const near = hostname === '127.0.0.1' || hostname === '[::1]' || !hostname.includes('.');
  return protocol === 'https:' || near ? [] : [`${name} must be https: people's data goes there`];
};

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
