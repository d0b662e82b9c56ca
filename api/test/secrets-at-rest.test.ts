import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Keyring } from '#api/platform/crypto/keyring.ts';
import { seal, unseal } from '#api/platform/crypto/sealing.ts';
import { aDeclaration, aPassage, anIdNumber, declared, record, submitDocument, type Submitted } from './builders.ts';
import { startNode, type NodeProcess } from './node-process.ts';
import { startServer, type TestServer } from './server.ts';
import { testKeys } from './test-config.ts';

// Numbers that no other text holds by chance: each is looked for as text, and as the bytes a database or log may turn it into.
const canaries = {
  idNumber: anIdNumber('FEMALE', 1990),
  typedNumber: anIdNumber('MALE', 1971),
  passport: 'K83051927',
  phone: '+84973619284',
  email: 'giau-kin-8351@example.vn',
  insurance: 'GD4017350918264',
  password: 'mat khau khong ai thay 8351',
};
const forms = Object.values(canaries).flatMap((value) => [value, value.replace('+84', '0'), value.replace('+84', '')]);
const encoded = forms.flatMap((text) => [
  text,
  Buffer.from(text).toString('hex'),
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
]);
const found = (bytes: Buffer | string): string[] => [...new Set(encoded)].filter((text) => bytes.includes(text));

let server: TestServer;
let node: NodeProcess;
let cookies: Record<string, string>;
/** All that the node answered, but for the receipt's own answers and the officer's scan. */
const answers: string[] = [];

/** Asks the node under test, which logs all it can. */
async function ask<Data = Record<string, unknown>>(
  query: string,
  variables: Record<string, unknown>,
  as?: string,
): Promise<{ data: Data; text: string }> {
  const response = await fetch(`${node.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(as ? { cookie: cookies[as] ?? '' } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { text, ...(JSON.parse(text) as { data: Data }) };
}

async function heard(query: string, variables: Record<string, unknown>, as?: string): Promise<void> {
  answers.push((await ask(query, variables, as)).text);
}

const scan =
  'query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename ... on FoundDeclarations { declarations { id } } ... on InvalidPass { code message } } }';
const everyField = `fullName dateOfBirth sex nationality idNumber documentMasked passportNumber phone phoneMasked`;
const lists = `{ declarations(first: 100) { edges { node { id code person { ${everyField} } citizen { id ${everyField} } warnings { message } companions { id } } } }
  passages(first: 100) { edges { node { id citizen { ${everyField} } declaration { person { ${everyField} } } } } } }`;

beforeAll(async () => {
  server = await startServer();
  node = await startNode(server.ownerUrl, { settings: { LOG_LEVEL: 'trace' } });
  cookies = {
    officer: await server.signIn('officer.38'),
    admin: await server.signIn('admin.38'),
    tracer: await server.signIn('tracer.38'),
  };
  await plant();
});
afterAll(async () => {
  node.signal('SIGTERM');
  await node.exited;
  await server.stop();
});

/** Sends every kind of identifier by every way it can come in: rightly, wrongly, and into a server that fails. */
async function plant(): Promise<void> {
  const { docXay: here } = server.checkpoints;
  const all = {
    idNumber: canaries.idNumber,
    passportNumber: canaries.passport,
    phone: canaries.phone,
    email: canaries.email,
    healthInsuranceNumber: canaries.insurance,
  };
  const good = aDeclaration({ person: all });
  const { data } = await ask<{ submitDeclarations: Submitted[] }>(submitDocument, { input: [good] });
  expect(data.submitDeclarations[0]?.__typename).toBe('DeclarationSubmitted');
  for (const payload of [canaries.idNumber, canaries.typedNumber, canaries.phone])
    await heard(scan, { payload, here }, 'officer');
  await heard(
    'mutation ($input: [RecordPassageInput!]!) { recordPassages(input: $input) { __typename ... on PassageRecorded { passage { id citizen { documentMasked } } } } }',
    { input: [aPassage(here, { declarationId: good.id })] },
    'officer',
  );
  await plantMistakes(good, here);
  for (const as of ['admin', 'tracer']) {
    await heard(lists, {}, as);
    await heard('query ($id: ID!) { declaration(id: $id) { person { fullName } } }', { id: good.id }, as);
  }
  await heard(
    'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }',
    { username: canaries.email, password: canaries.password },
  );
}

async function plantMistakes(good: ReturnType<typeof aDeclaration>, here: string): Promise<void> {
  const { idNumber, typedNumber, phone, passport, email, insurance } = canaries;
  const wrong = {
    fullName: `Lỗi ${'x'.repeat(300)}`,
    idNumber,
    phone,
    email: `${email} `,
    passportNumber: `${passport}-`,
    healthInsuranceNumber: `${insurance}-longer-than-that`,
  };
  await heard(submitDocument, { input: [aDeclaration({ person: { ...wrong } })] });
  await heard(submitDocument, { input: [{ ...good, person: { ...good.person, fullName: 'Người Khác' } }] });
  await heard(submitDocument, {
    input: [{ ...good, person: { ...good.person, idNumber: `${typedNumber}9`, unknown: email } }],
  });
  await heard(submitDocument, {
    input: [{ ...good, person: { ...good.person, phone: `${phone}999`, dateOfBirth: idNumber } }],
  });
  await heard(`{ scan(payload: "${typedNumber}", checkpointId: "${here}") { ${idNumber} } }`, {}, 'officer');
  await heard(`query Q${typedNumber} { declaration(id: "${idNumber}") { id } `, {}, 'admin');
  await heard(`query Q${typedNumber} { declaration(code: "${email}") { id } }`, {}, 'admin');
  await heard(
    'query ($filter: PassageFilter) { passages(filter: $filter) { edges { node { id } } } }',
    { filter: { plate: idNumber, citizenId: phone, [typedNumber]: email } },
    'officer',
  );
  await heard(
    'query ($after: String, $search: String) { accounts(after: $after, search: $search) { edges { node { id } } } }',
    { after: idNumber, search: email },
    'admin',
  );
  await heard(submitDocument, { input: email });
  // A row that the database refuses comes back in the driver's error, whole.
  await server.sql(`alter table citizen add constraint fails check (full_name <> 'Hàng Bị Từ Chối') not valid`);
  await heard(submitDocument, {
    input: [aDeclaration({ person: { fullName: 'Hàng Bị Từ Chối', idNumber: typedNumber, phone, email } })],
  });
  await fetch(`${node.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query": "${idNumber}`,
  }).then(async (response) => answers.push(await response.text()));
  await fetch(`${node.url}/nowhere/${typedNumber}?id=${idNumber}`, { headers: { 'user-agent': email } }).then(
    async (response) => answers.push(await response.text()),
  );
}

describe('what was typed is found nowhere', () => {
  it("in the database's files, nor in any row", async () => {
    const { dataDirectory } = inject('postgres');
    await server.sql('checkpoint');
    if (dataDirectory) expect(await filesHolding(dataDirectory)).toEqual([]);
    const rows = await dump();
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ text }) => found(text).length > 0)).toEqual([]);
  }, 120_000);

  it('the search itself finds what is there', async () => {
    const { dataDirectory } = inject('postgres');
    await server.sql(`create table planted as select $1::text as number`, [canaries.typedNumber]);
    await server.sql('checkpoint');
    if (dataDirectory) expect(await filesHolding(dataDirectory)).not.toEqual([]);
    expect((await dump()).some(({ text }) => found(text).length > 0)).toBe(true);
    await server.sql('drop table planted');
  }, 120_000);

  it('in what the server wrote, at the level where it writes the most', () => {
    expect(node.output().length).toBeGreaterThan(100);
    expect(found(node.output())).toEqual([]);
  });

  it('in its metrics, the trust list, and the answers to anybody but the holder and the scanning officer', async () => {
    for (const path of ['/metrics', '/trust.json', '/readyz'])
      answers.push(await (await fetch(node.url + path)).text());
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter((text) => found(text).length > 0)).toEqual([]);
  });

  it('in the pass that people carry about', async () => {
    const { qrPayload } = await declared(server, { person: { idNumber: canaries.idNumber, phone: canaries.phone } });
    expect(found(qrPayload)).toEqual([]);
  });
});

/** Files of this database, and the log that is written ahead of all. */
async function filesHolding(directory: string): Promise<string[]> {
  const [row] = await server.sql<{ oid: number }>(
    'select oid::int from pg_database where datname = current_database()',
  );
  const folders = [join(directory, 'postgres/base', String(row?.oid)), join(directory, 'postgres/pg_wal')];
  const holding: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(folder, entry.name));
      if (found(bytes).length > 0) holding.push(join(folder, entry.name));
    }
  }
  return holding;
}

/** Every row of every table, as text, with bytes as hex. */
async function dump(): Promise<Array<{ table: string; text: string }>> {
  const tables = await server.sql<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const rows = await Promise.all(
    tables.map(async ({ name }) =>
      (await server.sql<{ text: string }>(`select t::text as text from ${name} t`)).map(({ text }) => ({
        table: name,
        text,
      })),
    ),
  );
  return rows.flat().filter(({ table }) => !table.startsWith('administrative_unit'));
}

describe('keys rotate without a stop', () => {
  const key = (id: string) => ({ id, key: createHash('sha256').update(`rotation ${id}`).digest() });
  const [before, both, after] = [new Keyring([key('a')]), new Keyring([key('b'), key('a')]), new Keyring([key('b')])];

  it('a sealed value opens after a rotation, new ones are sealed under the first key, and what key sealed it stands in front', () => {
    const old = seal(before, 'identifiers', 'secret');
    expect(unseal(both, 'identifiers', old)).toBe('secret');
    expect(() => unseal(after, 'identifiers', old)).toThrow();
    expect(unseal(after, 'identifiers', seal(both, 'identifiers', 'secret'))).toBe('secret');
  });

  it('neither another purpose, nor another key, nor one flipped bit opens it; the same text is sealed differently each time', () => {
    const sealed = seal(both, 'identifiers', 'secret');
    expect(() => unseal(both, 'something else', sealed)).toThrow();
    expect(() => unseal(new Keyring([{ id: 'b', key: randomBytes(32) }]), 'identifiers', sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const flipped = Buffer.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(() => unseal(both, 'identifiers', flipped), `byte ${at}`).toThrow();
    }
    expect(seal(both, 'identifiers', 'secret').equals(sealed)).toBe(false);
  });

  it('while two are listed, a server finds by number and shows what was stored under either, and knows who is who', async () => {
    const database = { ownerUrl: server.ownerUrl };
    const old = await startServer({ database, config: { keys: { ...testKeys, sealing: before, lookup: before } } });
    const idNumber = anIdNumber();
    const first = await declared(old, { person: { idNumber, phone: '+84911222333' } });
    await old.stop();
    const next = await startServer({ database, config: { keys: { ...testKeys, sealing: both, lookup: both } } });
    const second = await declared(next, { person: { idNumber, phone: '+84911222333' } });
    const found = await scanned(next, idNumber);
    expect(found.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    expect(found.map(({ person }) => person.idNumber)).toEqual([idNumber, idNumber]);
    expect((await scanned(next, '0911222333')).map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    const citizens = await next.sql('select distinct citizen_id from declaration where id = any($1)', [
      [first.id, second.id],
    ]);
    expect(citizens).toHaveLength(1);
    const [row] = await next.sql<{ identifiers_sealed: Buffer }>(
      'select identifiers_sealed from declaration where id = $1',
      [second.id],
    );
    expect(row?.identifiers_sealed.toString('latin1', 2, 3)).toBe('b');
    await next.stop();
  });

  it('what was sent before a rotation and comes again after it is the same', async () => {
    const database = { ownerUrl: server.ownerUrl };
    const old = await startServer({ database, config: { keys: { ...testKeys, lookup: before } } });
    const input = aDeclaration();
    const submitted = await old.graphql<{ submitDeclarations: Submitted[] }>(submitDocument, { input: [input] });
    const passage = aPassage(old.checkpoints.docXay, { declarationId: input.id });
    await record(old, [passage]);
    await old.stop();
    const next = await startServer({ database, config: { keys: { ...testKeys, lookup: both } } });
    expect((await next.graphql(submitDocument, { input: [input] })).data).toEqual(submitted.data);
    expect((await record(next, [passage])).data.recordPassages[0]).toMatchObject({
      __typename: 'PassageRecorded',
      duplicate: true,
    });
    expect((await record(next, [{ ...passage, direction: 'OUT' }])).data.recordPassages[0]).toMatchObject({
      code: 'ID_REUSED',
    });
    await next.stop();
  });

  async function scanned(
    on: TestServer,
    payload: string,
  ): Promise<Array<{ id: string; person: { idNumber: string } }>> {
    const document =
      'query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { ... on FoundDeclarations { declarations { id person { idNumber } } } } }';
    const { data } = await on.graphql<{ scan: { declarations: Array<{ id: string; person: { idNumber: string } }> } }>(
      document,
      { payload, here: on.checkpoints.docXay },
      { as: 'officer.38' },
    );
    return data.scan.declarations;
  }
});
