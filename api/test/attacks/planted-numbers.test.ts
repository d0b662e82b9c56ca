import { afterAll, beforeAll, expect, it } from 'vitest';
import { anIdNumber, submitDocument, aDeclaration } from '../builders.ts';
import { startNode, type NodeProcess } from '../node-process.ts';
import { startServer, type TestServer } from '../server.ts';
import { sendBytes } from './attack-desk.ts';

// Numbers in the places that are nobody's input: names in a query, headers, addresses, and texts made to look like a log's.
// What is typed into fields is planted by secrets-at-rest.test.ts.
const number = anIdNumber('FEMALE', 1987);
const phone = '84973628411';
const planted = [number, phone, `0${phone.slice(2)}`];

let server: TestServer;
let node: NodeProcess;
let cookie: string;
/** What errors said; an alias stands in their path, which is the client's own. */
const said: string[] = [];

async function ask(
  query: string,
  more: { variables?: unknown; operationName?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${node.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...more.headers },
    body: JSON.stringify({ query, variables: more.variables, operationName: more.operationName }),
  });
  const { errors = [] } = (await response.json()) as { errors?: Array<{ message: string; extensions: unknown }> };
  said.push(...errors.map(({ message, extensions }) => JSON.stringify([message, extensions])));
  return errors;
}

beforeAll(async () => {
  server = await startServer();
  cookie = await server.signIn('admin.38');
  node = await startNode(server.ownerUrl, { settings: { LOG_LEVEL: 'trace' } });
});
afterAll(async () => {
  node.signal('SIGTERM');
  await node.exited;
  await server.stop();
});

const broken = `passages { edges { node { id } } }`;

it('names in a query: of operations, fields, arguments, variables, fragments, directives and enum values', async () => {
  for (const query of [
    `{ n${number} }`,
    `{ passages(n${number}: 1) { totalCount } }`,
    `query ($n${number}: Int) { passages(first: $x${phone}) { totalCount } }`,
    `query ($a: T${number}) { __typename }`,
    `{ ...F${number} } fragment G${phone} on Query { __typename }`,
    `{ trustList @x${number} }`,
    `{ passages(filter: { decision: D${number} }) { totalCount } }`,
    `{ passages(filter: { plate: ${number} }) { totalCount } }`,
    `{ passages(first: "${number}") { totalCount } }`,
    `{ "${number}" }`,
    `query Q${number} { passages(filter: { n${phone}: 1 }) { totalCount } }`,
  ])
    expect((await ask(query)).length, query).toBeGreaterThan(0);
  const unknown = `query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }`;
  for (const filter of [
    { [`n${number}`]: 1 },
    { plate: { [`n${number}`]: phone } },
    { checkpointIds: [{ [number]: phone }] },
  ])
    expect(await ask(unknown, { variables: { filter } })).toHaveLength(1);
  await ask('{ __typename }', { operationName: number, variables: { [`n${number}`]: 'x'.repeat(20_000) } });
});

it('an operation named by a number, with lines that look like a log’s, that fails inside', async () => {
  await server.sql('alter table passage rename to passage_gone');
  await ask(`query Q${number} { ${broken} }`);
  await ask(`query A { __typename } query Q${number} { a${phone}: ${broken} }`, { operationName: `Q${number}` });
  await server.sql('alter table passage_gone rename to passage');
  await server.sql(`alter table citizen add constraint fails check (full_name not like 'Lê Thị Lỗi%') not valid`);
  const fullName = 'Lê Thị Lỗi';
  const line = `Số 5\n    at ${number} (file.ts:1:1)`;
  const input = [
    aDeclaration({ person: { fullName, idNumber: number, permanentAddress: { line, unitCode: '00001' } } }),
  ];
  await ask(submitDocument, { variables: { input } });
  await ask(`query ($s: String) { administrativeUnits(search: $s) { code } }`, {
    variables: { s: `\r\n{"level":60,"msg":"${number}"}` },
  });
  expect(said.some((text) => text.includes('INTERNAL'))).toBe(true);
  expect(node.output()).toContain('an operation failed');
});

it('headers and addresses, also such as cannot be read', async () => {
  const headers = {
    'user-agent': number,
    referer: `https://x/${number}`,
    'accept-language': phone,
    cookie: `cordon_session=${number}`,
  };
  await ask('{ nothing }', { headers });
  await ask('{ __typename }', { headers: { ...headers, origin: `https://${phone}.example` } });
  for (const path of [
    `/${number}`,
    `/%${number}`,
    `/officer/${number}.js`,
    `/graphql?query={n${number}}`,
    `/trust.json?${phone}`,
  ])
    said.push(
      await sendBytes(
        { ...server, url: node.url },
        `GET ${path} HTTP/1.1\r\nhost: ${phone}\r\nconnection: close\r\n\r\n`,
      ),
    );
});

it('none of it is in an error, in a log at the level that writes most, or in a metric', async () => {
  expect(said.length).toBeGreaterThan(25);
  const metrics = await (await fetch(`${node.url}/metrics`)).text();
  expect(metrics).toContain('cordon_operation_seconds');
  for (const text of planted) {
    expect(said.filter((message) => message.includes(text))).toEqual([]);
    expect(node.output()).not.toContain(text);
    expect(metrics).not.toContain(text);
  }
});

it('every line of the log is one of ours, whatever line breaks were sent', () => {
  const lines = node
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(Number((JSON.parse(line) as { level: number }).level)).toBeLessThan(60);
});
