import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aDeclaration, declared, submit } from '../builders.ts';
import { startServer, type TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const scripts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '{{constructor.constructor("alert(1)")()}}',
  '<svg/onload=alert(1)>',
  'javascript:alert(1)',
  '</title><script>alert(1)</script>',
];
const receipt =
  'query ($secret: String!) { receipt(secret: $secret) { qrPayload qrSvg declaration { person { fullName } } } }';

it.each(scripts)('a name %s is refused, or stays a text in JSON that no browser takes for a page', async (fullName) => {
  const [result] = (await submit(server, [aDeclaration({ person: { fullName } })])).data.submitDeclarations;
  if (result?.__typename === 'InvalidDeclaration') return;
  const { secret } = await declared(server, { person: { fullName } });
  const answer = await server.graphql<{ receipt: { qrSvg: string; declaration: { person: { fullName: string } } } }>(
    receipt,
    { secret },
  );
  expect(answer.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.data.receipt.declaration.person.fullName).toBe(fullName);
  expect(answer.data.receipt.qrSvg).toMatch(/^<svg [^<>]*><rect [^<>]*\/><path d="[Mhvz\d\s-]*"\/><\/svg>$/);
});

it.each(scripts)('a checkpoint named %s is read back as it was written', async (name) => {
  const input = {
    id: newUuid7(),
    code: `X${Math.random().toString(36).slice(2, 8)}`.toUpperCase(),
    name,
    unitCode: '38',
    kind: 'ROAD',
    active: true,
  };
  const saved = await server.graphql<{ saveCheckpoint: { name: string } | null }>(
    'mutation ($input: CheckpointInput!) { saveCheckpoint(input: $input) { name } }',
    { input },
    { as: 'admin.38' },
  );
  expect(saved.errors ? saved.errors[0]?.extensions['code'] : saved.data.saveCheckpoint?.name).toBe(
    saved.errors ? 'BAD_USER_INPUT' : name,
  );
});

it('no page puts a text where markup goes, nor makes code of one', () => {
  const source = join(import.meta.dirname, '../../../admin-ui/src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(vue|ts)$/.test(file) && !file.startsWith('gql'),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.filter((file) =>
    /v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|srcdoc/.test(
      readFileSync(join(source, file), 'utf8'),
    ),
  );
  expect(found).toEqual([]);
});
