import { hash, verify } from '@node-rs/argon2';
import pg from 'pg';
import { seekDoubles } from '../people/seek-doubles.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { DemoParts } from './demo-parts.ts';
import { demoPeople, makeDemoWeek } from './demo-province.ts';
import { insertAccounts, insertCheckpoints } from './insert-accounts.ts';
import { loadArrivals } from './load-arrivals.ts';
import { loadDeclarations } from './load-declarations.ts';
import { loadOutbreak } from './load-outbreak.ts';
import { loadPassages } from './load-passages.ts';
import { demoProvinceCode } from './places.ts';
import { keepSandboxApp } from './sandbox-app.ts';
import { loadZones } from './load-zones.ts';

export interface DemoOptions {
  password: string;
  /** Of the sandbox app; null: there is none. */
  sandboxSecret?: string | null;
  /** Closes the days of a province that partners may count: known above. */
  closeDays?: (
    runs: { rows<Row extends object>(statement: { text: string }, values: unknown[]): Promise<Row[]> },
    province: string,
    at: Date,
  ) => Promise<void>;
  now?: Date;
  people?: number;
}

// As sign-in reads it: a keyboard sends Vietnamese letters composed or not.
const bytesOf = (password: string) => password.normalize('NFC');
const demoLock = 3_802_038;

/**
 * Loads the demo province into a database that has no account yet, through the services that people's requests go
 * through. Two starts at once load it once. Where it is already, its accounts get the password of this start.
 */
export async function loadDemoProvince(
  ownerUrl: string,
  parts: DemoParts,
  options: DemoOptions,
): Promise<'LOADED' | 'KEPT'> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'cordon demo' });
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock($1)', [demoLock]);
    const { rows } = await owner.query<{ demo: boolean; password_hash: string }>(
      'select demo, password_hash from account order by demo desc, username limit 1',
    );
    const [first] = rows;
    if (first?.demo) await keepPassword(owner, first.password_hash, options.password);
    if (!first) await load(owner, parts, options);
    const { sandboxSecret: secret, now = new Date() } = options;
    if (secret && (!first || first.demo)) await keepSandboxApp(owner, parts.territory, { secret, now });
    return first ? 'KEPT' : 'LOADED';
  } finally {
    await owner.end();
  }
}

/** Accounts go in last: a load that was broken off leaves none, and the next start loads again. */
async function load(
  owner: pg.Client,
  parts: DemoParts,
  { password, now = new Date(), people = demoPeople, closeDays }: DemoOptions,
): Promise<void> {
  const hashing = hash(bytesOf(password));
  const week = makeDemoWeek((provinceCode) => communesOf(parts.territory, provinceCode), now.getTime(), { people });
  const checkpoints = await insertCheckpoints(owner, parts.territory, now);
  await loadZones(owner, parts, now);
  const outboundPasses = await loadDeclarations(parts, week);
  await loadPassages(owner, parts, week, { checkpoints, outboundPasses });
  await loadArrivals(owner, now);
  await loadOutbreak(parts, week, now);
  const asOwner = {
    rows: async (statement: { text: string }, values: unknown[]) =>
      (await owner.query(statement.text, values)).rows as never,
  };
  await seekDoubles(parts.database, parts.keys, [demoProvinceCode], now);
  await closeDays?.(asOwner, demoProvinceCode, now);
  await insertAccounts(owner, parts.territory, { checkpoints, passwordHash: await hashing, now });
}

function communesOf(territory: Territory, provinceCode: string): string[] {
  const province = territory.byCode(provinceCode);
  return province ? territory.within(province).flatMap(({ level, code }) => (level === 'COMMUNE' ? [code] : [])) : [];
}

/** DEMO_PASSWORD may be another one than at the first start: the one that is printed must work. */
async function keepPassword(owner: pg.Client, kept: string, password: string): Promise<void> {
  if (await verify(kept, bytesOf(password))) return;
  await owner.query('update account set password_hash = $1, must_change_password = false where demo', [
    await hash(bytesOf(password)),
  ]);
}
