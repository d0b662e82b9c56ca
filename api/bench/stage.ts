import pg from 'pg';
import { CpuMeter } from './cpu.ts';
import { administrator, asRole, benchConfig, officer, password } from './settings.ts';
import { Process } from './processes/calls.ts';
import type { Load, Run, RunResult } from './processes/generator.ts';
import type { Sizes } from './sizes.ts';

/** Everything that runs while figures are taken: Cordon, what it is compared with, and who asks them. */
export interface Stage {
  sizes: Sizes;
  owner: pg.Client;
  ownerUrl: string;
  cordonUrl: string;
  referenceUrl: string;
  cookies: { officer: string; administrator: string };
  /** Where processes of figures log in: as the API's role, and as one that no policy binds. */
  roles: { BENCH_API_DATABASE: string; BENCH_UNBOUND_DATABASE: string };
  bare: Process;
  meters: { cordon: CpuMeter; reference: CpuMeter; bare: CpuMeter };
  load(load: Load): Promise<void>;
  run(run: Run): Promise<RunResult>;
  /** What Cordon holds after a collection, in MiB. */
  heap(): Promise<number>;
  /** A second Cordon that tells which statements it sends; it is not timed. */
  startCounting(): Promise<{ url: string; statements(): Promise<string[]>; stop(): Promise<void> }>;
  /** A second Cordon that enters no batch in the audit trail, on the same database. */
  startWithoutEntries(): Promise<{ url: string; meter: CpuMeter; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function setStage(ownerUrl: string, sizes: Sizes, cordonArguments = ''): Promise<Stage> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await makeUnboundRole(owner);
  const roles = {
    BENCH_API_DATABASE: asRole(ownerUrl, benchConfig(ownerUrl)),
    BENCH_UNBOUND_DATABASE: asRole(ownerUrl, benchConfig(ownerUrl), unboundRole),
  };
  const databases = { BENCH_DATABASE: ownerUrl, ...roles };
  const cordon = new Process('./cordon.ts', {
    ...databases,
    ...(cordonArguments ? { NODE_ARGUMENTS: cordonArguments } : {}),
  });
  const reference = new Process('./reference.ts', databases);
  const bare = new Process('./bare.ts', databases);
  const generator = new Process('./generator.ts');
  const cordonUrl = `${await cordon.call<string>('url')}/graphql`;
  return {
    sizes,
    owner,
    ownerUrl,
    cordonUrl,
    referenceUrl: await reference.call<string>('url'),
    cookies: { officer: await signIn(cordonUrl, officer), administrator: await signIn(cordonUrl, administrator) },
    roles,
    bare,
    meters: {
      cordon: new CpuMeter(owner, cordon.pid, 'cordon'),
      reference: new CpuMeter(owner, reference.pid, 'reference'),
      bare: new CpuMeter(owner, bare.pid, 'bare'),
    },
    load: (load) => generator.call('load', load),
    run: (run) => generator.call<RunResult>('run', run),
    heap: () => cordon.call<number>('heap'),
    async startCounting() {
      const counting = new Process('./cordon.ts', { ...databases, COUNT_STATEMENTS: '1' });
      const url = `${await counting.call<string>('url')}/graphql`;
      return { url, statements: () => counting.call<string[]>('statements'), stop: () => counting.stop() };
    },
    async startWithoutEntries() {
      const without = new Process('./cordon.ts', { ...databases, WITHOUT_AUDIT_ENTRIES: '1' });
      const url = `${await without.call<string>('url')}/graphql`;
      return { url, meter: new CpuMeter(owner, without.pid, 'cordon'), stop: () => without.stop() };
    },
    async stop() {
      await Promise.all([generator, cordon, reference, bare].map((process) => process.stop()));
      await owner.end();
    },
  };
}

const unboundRole = 'cordon_unbound';

/** It has the rights of the API's role, and no policy: what a figure of row-level security is compared with. */
async function makeUnboundRole(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [unboundRole]);
  if (rowCount) return;
  const { rows } = await owner.query<{ statement: string }>(
    `select format('create role %I login bypassrls password %L in role cordon_api', $1::text, $2::text) as statement`,
    [unboundRole, benchConfig('').rolePasswords.api],
  );
  await owner.query(rows[0]?.statement ?? '');
}

export async function signIn(url: string, username: string): Promise<string> {
  const query =
    'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { username, password } }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`${username} could not sign in: ${await response.text()}`);
  return cookie;
}
