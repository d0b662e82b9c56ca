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
  cordonUrl: string;
  referenceUrl: string;
  cookies: { officer: string; administrator: string };
  bare: Process;
  meters: { cordon: CpuMeter; reference: CpuMeter; bare: CpuMeter };
  load(load: Load): Promise<void>;
  run(run: Run): Promise<RunResult>;
  /** A second Cordon that tells which statements it sends; it is not timed. */
  startCounting(): Promise<{ url: string; statements(): Promise<string[]>; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function setStage(ownerUrl: string, sizes: Sizes, cordonArguments = ''): Promise<Stage> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const databases = { BENCH_DATABASE: ownerUrl, BENCH_API_DATABASE: asRole(ownerUrl, benchConfig(ownerUrl)) };
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
    cordonUrl,
    referenceUrl: await reference.call<string>('url'),
    cookies: { officer: await signIn(cordonUrl, officer), administrator: await signIn(cordonUrl, administrator) },
    bare,
    meters: {
      cordon: new CpuMeter(owner, cordon.pid, 'cordon'),
      reference: new CpuMeter(owner, reference.pid, 'reference'),
      bare: new CpuMeter(owner, bare.pid, 'bare'),
    },
    load: (load) => generator.call('load', load),
    run: (run) => generator.call<RunResult>('run', run),
    async startCounting() {
      const counting = new Process('./cordon.ts', { ...databases, COUNT_STATEMENTS: '1' });
      const url = `${await counting.call<string>('url')}/graphql`;
      return { url, statements: () => counting.call<string[]>('statements'), stop: () => counting.stop() };
    },
    async stop() {
      await Promise.all([generator, cordon, reference, bare].map((process) => process.stop()));
      await owner.end();
    },
  };
}

async function signIn(url: string, username: string): Promise<string> {
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
