import http from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { declaredPersons } from '#api/declarations/declared-persons.service.ts';
import { Population } from '#api/demo/registry/population.ts';
import { sealIdentifiers } from '#api/people/identifiers.service.ts';
import { openDatabase, withRole, type Database } from '#api/platform/database/database.ts';
import { migrate } from '#api/platform/database/migrate.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { Metrics } from '#api/platform/observability/metrics.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { CheckMetrics } from '#api/registry/checks/check-metrics.ts';
import { CheckWorker } from '#api/registry/checks/check-worker.ts';
import { createRegistry } from '#api/registry/create-registry.ts';
import type { Registry } from '#api/registry/registry-port.ts';
import type { RegistrySettings } from '#api/registry/registry-settings.ts';
import { createSoapRegistry } from '#api/registry/soap/soap-registry.ts';
import { RegistryProcess } from '#test/registry-process.ts';
import { testKeys, testRolePasswords } from '#test/test-config.ts';
import { compare } from '../compare.ts';
import { CpuMeter } from '../cpu.ts';
import { comparedFigure, type Figure } from '../figure.ts';
import { startPostgres } from '../postgres.ts';
import { provinceCode } from '../settings.ts';

const concurrency = 8;
const queued = 100_000;
const drainPerSecond = 1_000;
const drainConcurrency = 64;

interface Bench {
  workerUrl: string;
  owner: pg.Client;
  database: Database;
  settings: RegistrySettings;
  people: Person[];
}
interface Person {
  citizenId: string;
  idNumber: string;
  fullName: string;
  dateOfBirth: string;
}

/** Checks against a raw loop of the same calls and updates, and 100,000 that wait drained at a pace. */
export async function registryFigures(say: (text: string) => void, small: boolean): Promise<Figure[]> {
  say('Starting PostgreSQL and the simulated population database …');
  const [postgres, simulator] = await Promise.all([startPostgres(undefined), RegistryProcess.start()]);
  const owner = new pg.Client({ connectionString: postgres.url });
  try {
    await migrate(postgres.url, testRolePasswords);
    await owner.connect();
    const workerUrl = withRole(postgres.url, 'cordon_worker', testRolePasswords.worker);
    const database = await openDatabase({
      url: workerUrl,
      poolSize: 6,
      entities: [],
      longestMs: 60_000,
      onError: () => undefined,
    });
    try {
      const people = await load(owner, small ? 10_000 : queued);
      const bench = { workerUrl, owner, database, settings: simulator.settings('soap'), people };
      say('Measuring registry-jobs …');
      const jobs = await jobsFigure(bench, small ? 500 : 2_000, small ? 3 : 9);
      say(`Measuring registry-jobs-queue: ${people.length} wait …`);
      return [jobs, await queueFigure(bench)];
    } finally {
      await database.close();
    }
  } finally {
    await owner.end();
    await Promise.all([simulator.stop(), postgres.stop()]);
  }
}

/** People of the simulated population, each waiting to be asked about. */
async function load(owner: pg.Client, count: number): Promise<Person[]> {
  const population = new Population(38, new Date());
  const people: Person[] = [];
  for (let from = 0; from < count; from += 5_000) {
    const part = Array.from({ length: Math.min(5_000, count - from) }, (_, at) => {
      const { idNumber, fullName, dateOfBirth, sex } = population.person(from + at);
      return { citizenId: newUuid7(), idNumber, fullName, dateOfBirth, sex };
    });
    await owner.query(
      `with c as (
         insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, identifiers_sealed, created_at)
         select $1, w.*, now() from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[]) as w)
       insert into registry_verification (province_code, citizen_id, status, enqueued_at, checkpoint_id, unit_id, passed_at)
       select $1, w, 'PENDING', now(), w, '16438@2021', now() from unnest($2::uuid[]) as w`,
      [
        provinceCode,
        part.map(({ citizenId }) => citizenId),
        part.map(({ fullName }) => fullName),
        part.map(({ dateOfBirth }) => dateOfBirth),
        part.map(({ sex }) => sex),
        part.map(() => 'VNM'),
        part.map(({ idNumber }) => sealIdentifiers(testKeys, { idNumber })),
      ],
    );
    people.push(...part);
  }
  await owner.query('vacuum analyze citizen, registry_verification');
  return people;
}

const makeDue = (owner: pg.Client, people: readonly Person[]) =>
  owner.query(
    `update registry_verification set status = 'PENDING', due_at = now(), attempts = 0, claim = null, fresh_until = null where citizen_id = any($1)`,
    [people.map(({ citizenId }) => citizenId)],
  );

function workerOf({ database }: Bench, registry: Registry, perSecond: number, atOnce: number): CheckWorker {
  return new CheckWorker({
    database,
    keys: testKeys,
    declaredPersons,
    settings: { perSecond, concurrency: atOnce, mostAttempts: 8, freshMs: 1, timeoutMs: 20_000 },
    metrics: new CheckMetrics(new Metrics().registry),
    now: () => new Date(),
    registry,
    logger: createLogger('error'),
    random: Math.random,
  });
}

async function jobsFigure(bench: Bench, perRound: number, rounds: number): Promise<Figure> {
  const { owner, people, settings } = bench;
  const part = people.slice(0, perRound);
  const registry = createRegistry(settings);
  const meter = (name: string) => new CpuMeter(owner, process.pid, name);
  const raw = await rawLoop(bench, part);
  const checked = async () => {
    const { rows } = await owner.query<{ n: number }>(
      `select count(*)::int as n from registry_verification where status = 'MATCHED' and due_at is null and citizen_id = any($1)`,
      [part.map(({ citizenId }) => citizenId)],
    );
    if (rows[0]?.n !== perRound) throw new Error(`${rows[0]?.n} of ${perRound} were verified.`);
  };
  const side = (name: string, work: () => Promise<unknown>) => ({
    meter: meter(name),
    prepare: async () => void (await makeDue(owner, part)),
    async run() {
      const started = performance.now();
      await work();
      const seconds = (performance.now() - started) / 1000;
      await checked();
      return seconds;
    },
  });
  const worker = workerOf(bench, registry, 1_000_000, concurrency);
  const comparison = await compare(
    side('cordon', () => worker.drain()),
    side('bare', raw.run),
    rounds,
    2,
    true,
  );
  await raw.stop();
  return comparedFigure(
    {
      name: 'registry-jobs',
      what: `checks by SOAP over HTTP, ${concurrency} at once, against a raw loop of the same calls and an update each`,
      unit: 'checks',
      perRound,
      goal: 0.6,
    },
    comparison,
  );
}

/** The same questions, written before, posted by Node's http, and each answer's update sent as it comes. */
async function rawLoop({ workerUrl, settings }: Bench, people: readonly Person[]) {
  const pool = new pg.Pool({
    connectionString: workerUrl,
    max: concurrency,
    application_name: 'bare',
    options: '-c app.provinces=*',
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const messages = await Promise.all(people.map((person) => messageOf(settings, person)));
  const token = await tokenOf(settings);
  const url = new URL(settings.url);
  const ask = (message: Message) =>
    new Promise<string>((resolve, reject) => {
      const headers = {
        ...message.headers,
        authorization: `Bearer ${token}`,
        'content-length': Buffer.byteLength(message.body),
      };
      const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(message.body);
    });
  const update = {
    name: 'bare',
    text: `update registry_verification set status = $3, due_at = null, checked_at = $4 where province_code = $1 and citizen_id = $2`,
  };
  return {
    async run() {
      const left = messages.map((message, at) => ({ message, citizenId: people[at]?.citizenId }));
      const loop = async () => {
        for (let next = left.pop(); next; next = left.pop()) {
          const status = (await ask(next.message)).includes('SoDinhDanh') ? 'MATCHED' : 'NOT_FOUND';
          await pool.query({ ...update, values: [provinceCode, next.citizenId, status, new Date()] });
        }
      };
      await Promise.all(Array.from({ length: concurrency }, loop));
    },
    async stop() {
      agent.destroy();
      await pool.end();
    },
  };
}

interface Message {
  headers: Record<string, string>;
  body: string;
}

/** As the adapter would send it. */
async function messageOf(settings: RegistrySettings, { idNumber, fullName, dateOfBirth }: Person): Promise<Message> {
  let written: Message = { headers: {}, body: '' };
  const registry = createSoapRegistry(async (message) => {
    written = message;
    return { kind: 'REPLY', status: 500, text: '' };
  }, settings.message);
  const question = { requestId: newUuid7(), idNumber, formerIdNumber: null, fullName, dateOfBirth };
  await registry.lookUp(question, new AbortController().signal);
  return written;
}

async function tokenOf({ token }: RegistrySettings): Promise<string> {
  const secret = Buffer.from(`${token?.clientId}:${token?.clientSecret}`).toString('base64');
  const response = await fetch(token?.url ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${secret}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** All that wait, by a registry that answers at once: what is measured is the queue, its pace and its memory. */
async function queueFigure(bench: Bench): Promise<Figure> {
  const { owner, people } = bench;
  await makeDue(owner, people);
  const worker = workerOf(bench, { lookUp: async () => ({ kind: 'NOT_FOUND' }) }, drainPerSecond, drainConcurrency);
  // What is left after collecting: garbage that nobody has come round to yet is no growth.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = heap();
  let most = before;
  const watching = setInterval(() => (most = Math.max(most, heap())), 5_000);
  const started = performance.now();
  for (let left = true; left;) {
    await worker.drain();
    const { rows } = await owner.query('select from registry_verification where due_at <= now() limit 1');
    left = rows.length > 0;
  }
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watching);
  const ratio = people.length / seconds / drainPerSecond;
  const grown = most - before;
  return {
    name: 'registry-jobs-queue',
    what: `${people.length} that wait, drained at ${drainPerSecond} a second (a faster pace than any platform bears, by a registry that answers at once)`,
    unit: 'checks/s',
    value: people.length / seconds,
    reference: drainPerSecond,
    ratio,
    goal: 0.8,
    met: ratio >= 0.8 && grown < 48,
    notes: [`the heap grew by ${grown.toFixed(1)} MiB at most; the goal is 48`],
  };
}
