import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { aDeclaration, aPassage, declared, record, recordDocument, submitDocument, type Recorded } from './builders.ts';
import { startNode, type NodeProcess } from './node-process.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let cookie: string;
let declarationId: string;
beforeAll(async () => {
  server = await startServer({ config: { poolSize: 3 } });
  cookie = await server.signIn('officer.38');
  declarationId = (await declared(server)).id;
});
afterAll(() => server.stop());

const here = () => server.checkpoints.docXay;
const codesOf = (answer: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
  (answer.errors ?? []).map(({ extensions }) => extensions['code']);
const stored = async (ids: string[]) =>
  (await server.sql<{ id: string }>('select id from passage where id = any($1)', [ids])).map(({ id }) => id);

/** A connection of the owner's that holds what it locked until it is told to let go. */
async function hold(...statements: Array<[string, unknown[]]>): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  await client.query('begin');
  for (const [text, values] of statements) await client.query(text, values);
  return async () => {
    await client.query('rollback');
    await client.end();
  };
}

describe('SIGTERM', () => {
  const agent = new Agent({ keepAlive: true });
  afterAll(() => agent.destroy());

  type Answer = { status: number; results: Recorded[]; errors: Array<{ extensions: Record<string, unknown> }> };

  function post(node: NodeProcess, body: string): Promise<Answer | null> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json', cookie, 'content-length': Buffer.byteLength(body) };
      const sent = request(
        `${node.url}/graphql`.replace('localhost', '127.0.0.1'),
        { method: 'POST', agent, headers },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
          response.on('close', () => {
            if (!response.complete) return resolve(null);
            const { data, errors = [] } = JSON.parse(text) as {
              data?: { recordPassages: Recorded[] };
              errors?: Answer['errors'];
            };
            resolve({ status: response.statusCode ?? 0, results: data?.recordPassages ?? [], errors });
          });
        },
      );
      sent.on('error', () => resolve(null));
      sent.end(body);
    });
  }

  it('of 200 requests under way each is answered, what was acknowledged is stored, and the process ends by itself', async () => {
    const node = await startNode(server.ownerUrl, { settings: { POOL_SIZE: '16' } });
    const passages = Array.from({ length: 200 }, () => aPassage(here(), { declarationId }));
    // The first ones wait for this lock, so that all 200 are under way when the signal comes.
    const letGo = await hold(['lock table declaration in access exclusive mode', []]);
    const answers = passages.map((passage) =>
      post(node, JSON.stringify({ query: recordDocument, variables: { input: [passage] } })),
    );
    await expect.poll(() => waiting(), { timeout: 10_000 }).toBe(16);
    await after(300);
    const signalled = performance.now();
    node.signal('SIGTERM');
    await after(100);
    await letGo();
    const results = await Promise.all(answers);
    expect(await node.exited).toBe(0);
    expect(performance.now() - signalled).toBeLessThan(10_000);
    expect(results.filter((result) => result?.status !== 200)).toEqual([]);
    const acknowledged = results.flatMap((result) => result?.results ?? []).flatMap(({ passage }) => passage?.id ?? []);
    expect(acknowledged.length).toBeGreaterThanOrEqual(16);
    expect((await stored(passages.map(({ id }) => id))).sort()).toEqual(acknowledged.sort());
    // On a machine that is busy otherwise the last ones may wait too long for a connection, and are told so.
    const codes = results.flatMap((result) => (result ? codesOf(result) : []));
    expect(codes).toEqual(Array.from({ length: 200 - acknowledged.length }, () => 'UNAVAILABLE'));
    expect(node.output()).not.toMatch(/"level":[56]0/);
  }, 60_000);

  it('/readyz says 503 while it drains, and a new connection is refused', async () => {
    const node = await startNode(server.ownerUrl);
    const letGo = await hold(['lock table declaration in access exclusive mode', []]);
    const body = JSON.stringify({ query: recordDocument, variables: { input: [aPassage(here(), { declarationId })] } });
    const busy = openConnection(node);
    busy.send(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    const probe = openConnection(node);
    // Half a request keeps a connection from being closed as idle.
    probe.send('GET /readyz HTTP/1.1\r\nhost: x\r\n');
    await expect.poll(() => waiting(), { timeout: 10_000 }).toBe(1);
    node.signal('SIGTERM');
    await after(200);
    probe.send('\r\n');
    expect(await probe.received()).toMatch(/^HTTP\/1\.1 503/);
    await expect(fetch(`${node.url}/healthz`)).rejects.toThrow();
    await letGo();
    expect(await node.exited).toBe(0);
    expect(await busy.received()).toMatch(/^HTTP\/1\.1 200[\s\S]*PassageRecorded/);
  }, 60_000);

  it('a client that never finishes its request, and one that keeps its connection, do not hold it up', async () => {
    const node = await startNode(server.ownerUrl);
    const slow = openConnection(node);
    slow.send('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{');
    const idle = openConnection(node);
    idle.send('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    await after(300);
    const signalled = performance.now();
    node.signal('SIGTERM');
    expect(await node.exited).toBe(0);
    expect(performance.now() - signalled).toBeLessThan(10_000);
    await slow.received();
    expect(await idle.received()).toContain('200 OK');
  }, 60_000);
});

function openConnection(node: NodeProcess) {
  const socket = connect(Number(new URL(node.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => void (text += chunk.toString())).on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.on('close', () => resolve()));
  return { send: (raw: string) => void socket.write(raw), received: () => closed.then(() => text) };
}

const waiting = async () =>
  Number(
    (
      await server.sql(
        `select count(*) from pg_stat_activity where usename = 'cordon_api' and datname = current_database() and wait_event_type = 'Lock'`,
      )
    )[0]?.['count'],
  );
const idleInTransaction = async () =>
  Number(
    (
      await server.sql(
        `select count(*) from pg_stat_activity where usename = 'cordon_api' and datname = current_database() and state like 'idle in transaction%'`,
      )
    )[0]?.['count'],
  );

describe('a transaction that takes too long', () => {
  it('waiting for a lock it is ended with UNAVAILABLE, nothing is stored, and its connection is given back', async () => {
    // One more than there are connections: it waits for one in vain.
    const passages = Array.from({ length: 4 }, () => aPassage(here(), { declarationId }));
    // Each waits for the same id, which another connection has inserted and not committed.
    const letGo = await hold(...passages.map(({ id }): [string, unknown[]] => [insertPassage, [id, here()]]));
    const started = performance.now();
    const answers = await Promise.all(passages.map((passage) => record(server, [passage])));
    expect(performance.now() - started).toBeLessThan(12_000);
    expect(answers.map(codesOf)).toEqual(passages.map(() => ['UNAVAILABLE']));
    expect(answers.map(({ data }) => data ?? null)).toEqual(passages.map(() => null));
    await letGo();
    expect(await stored(passages.map(({ id }) => id))).toEqual([]);
    // The pool has three connections: all of them serve again.
    const next = await Promise.all(
      Array.from({ length: 6 }, () => record(server, [aPassage(here(), { declarationId })])),
    );
    expect(next.flatMap(({ data }) => data.recordPassages.map(({ __typename }) => __typename))).toEqual(
      Array.from({ length: 6 }, () => 'PassageRecorded'),
    );
    expect(await idleInTransaction()).toBe(0);
  }, 40_000);

  it('one whose statements each are quick enough is ended after ten seconds too', async () => {
    const passage = aPassage(here(), { declarationId });
    const letGoFirst = await hold(['lock table checkpoint in access exclusive mode', []]);
    const letGoSecond = await hold(['lock table declaration in access exclusive mode', []]);
    const started = performance.now();
    const answer = record(server, [passage]);
    await after(6_000);
    await letGoFirst();
    const { data, ...rest } = await answer;
    const took = performance.now() - started;
    await letGoSecond();
    expect(codesOf(rest)).toEqual(['UNAVAILABLE']);
    expect(data ?? null).toBeNull();
    expect(took).toBeGreaterThan(9_000);
    expect(took).toBeLessThan(11_500);
    expect(await stored([passage.id])).toEqual([]);
    expect((await record(server, [passage])).data.recordPassages[0]).toMatchObject({ duplicate: false });
    expect(await idleInTransaction()).toBe(0);
  }, 40_000);
});

const insertPassage = `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, direction, decision, evidence, channel, recorded_by, recorded_offline, flags, flagged, content_hash)
  values ('38', $1::uuid, uuid_time($1::uuid), now(), $2, '38@2021', 'IN', 'ADMITTED', 'NO_CARD', 'ONLINE', $2, false, '{}', false, '')`;

describe('a failed COMMIT', () => {
  let spoilt: TestServer;
  beforeAll(async () => {
    spoilt = await startServer();
    await spoilt.sql(`create function refuse() returns trigger language plpgsql as $$ begin
      if new.full_name = 'Không Lưu Được' then raise exception 'deferred' using errcode = '23514'; end if; return new; end $$`);
    await spoilt.sql(
      'create constraint trigger refuse after insert on citizen deferrable initially deferred for each row execute function refuse()',
    );
    // Ends its own connection when the transaction is committed: what a crash of Postgres in that moment looks like.
    await spoilt.sql(`create function crash() returns trigger language plpgsql security definer as $$ begin
      if new.full_name = 'Mất Kết Nối' then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$`);
    await spoilt.sql(
      'create constraint trigger crash after insert on citizen deferrable initially deferred for each row execute function crash()',
    );
  });
  afterAll(() => spoilt.stop());

  const submitting = (fullName: string) => ({ input: [aDeclaration({ person: { fullName } })] });
  const countOf = async (id: string | undefined) =>
    (await spoilt.sql('select id from declaration where id = $1', [id])).length;

  it('is an error and never data', async () => {
    const refused = submitting('Không Lưu Được');
    const answer = await spoilt.graphql(submitDocument, refused);
    expect(answer.data ?? null).toBeNull();
    expect(codesOf(answer)).toEqual(['INTERNAL']);
    expect(await countOf(refused.input[0]?.id)).toBe(0);
  });

  it('by a lost connection is UNAVAILABLE, and sent again it may succeed', async () => {
    const lost = submitting('Mất Kết Nối');
    const answer = await spoilt.graphql(submitDocument, lost);
    expect(answer.data ?? null).toBeNull();
    expect(codesOf(answer)).toEqual(['UNAVAILABLE']);
    expect(await countOf(lost.input[0]?.id)).toBe(0);
    await spoilt.sql('drop trigger crash on citizen');
    const again = await spoilt.graphql<{ submitDeclarations: Array<{ __typename: string }> }>(submitDocument, lost);
    expect(again.data.submitDeclarations[0]?.__typename).toBe('DeclarationSubmitted');
  });

  const two = `mutation ($one: [DeclarationInput!]!, $two: [DeclarationInput!]!) {
    one: submitDeclarations(input: $one) { __typename } two: submitDeclarations(input: $two) { __typename } }`;

  it('of the first of two root fields is no data either, and the second does not run', async () => {
    const [bad, good] = [submitting('Không Lưu Được').input, submitting('Nguyễn Thị Hoa').input];
    const answer = await spoilt.graphql(two, { one: bad, two: good });
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(await countOf(bad[0]?.id)).toBe(0);
    expect(await countOf(good[0]?.id)).toBe(0);
  });

  it('of the second leaves the first committed', async () => {
    const [good, bad] = [submitting('Nguyễn Thị Hoa').input, submitting('Không Lưu Được').input];
    const answer = await spoilt.graphql(two, { one: good, two: bad });
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(await countOf(good[0]?.id)).toBe(1);
    expect(await countOf(bad[0]?.id)).toBe(0);
  });
});

describe('a mutation of two root fields', () => {
  it('the second failing leaves the first committed', async () => {
    const [good, other] = [aPassage(here(), { declarationId }), aPassage(here(), { declarationId })];
    const document = `mutation ($one: [RecordPassageInput!]!, $two: [RecordPassageInput!]!) {
      one: recordPassages(input: $one) { __typename } two: recordPassages(input: $two) { __typename } }`;
    const answer = await server.graphql(
      document,
      { one: [good], two: [other, { ...other, checkpointId: server.checkpoints.hanoi, id: newUuid7() }] },
      { cookie },
    );
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(await stored([good.id, other.id])).toEqual([good.id]);
  });

  it('a root field that throws after it wrote leaves nothing half-stored', async () => {
    const broken = await startServer();
    // The passage is written with its entry in one statement; a citizen and his documents are written before his declaration.
    await broken.sql('alter table declaration_handle add constraint nothing_more check (false) not valid');
    const input = [aDeclaration(), aDeclaration()];
    const answer = await broken.graphql(submitDocument, { input });
    expect(codesOf(answer)).toEqual(['INTERNAL']);
    const [counts] = await broken.sql(
      `select (select count(*) from citizen)::int as citizens, (select count(*) from citizen_document)::int as documents, (select count(*) from declaration)::int as declarations`,
    );
    expect(counts).toEqual({ citizens: 0, documents: 0, declarations: 0 });
    await broken.stop();
  });
});

describe('backends that are terminated', () => {
  it('between two requests nobody notices; under a request it is UNAVAILABLE, and the next one is served', async () => {
    const terminate = () =>
      server.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cordon_api' and datname = current_database()`,
      );
    await terminate();
    await after(100);
    expect((await record(server, [aPassage(here(), { declarationId })])).data.recordPassages[0]?.__typename).toBe(
      'PassageRecorded',
    );
    const letGo = await hold(['lock table declaration in access exclusive mode', []]);
    const passage = aPassage(here(), { declarationId });
    const answer = record(server, [passage]);
    await expect.poll(() => waiting(), { timeout: 5_000 }).toBe(1);
    await terminate();
    expect(codesOf(await answer)).toEqual(['UNAVAILABLE']);
    await letGo();
    expect(await stored([passage.id])).toEqual([]);
    expect((await record(server, [passage])).data.recordPassages[0]).toMatchObject({ duplicate: false });
  });
});
