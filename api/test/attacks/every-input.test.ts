import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, tokenOf } from '../partner-desk.ts';
import { startServer, type AskOptions, type TestServer } from '../server.ts';
import { codeOf, isOurs } from './attack-desk.ts';
import { aFile, anyKey, makeOperations } from './made-operations.ts';
import { listsOf, replaced, slotsOf, valueAt } from './text-operations.ts';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8'));
const operations = makeOperations(schema);

let server: TestServer;
let asApp: AskOptions;
beforeAll(async () => {
  server = await startServer();
  const app = await createApp(server, { requestsPerMinute: 100_000, costPerMinute: 100_000_000 });
  asApp = { headers: { authorization: `Bearer ${await tokenOf(server, app)}` } };
});
afterAll(() => server.stop());

async function ask({ document, as }: (typeof operations)[number], variables: Record<string, unknown>) {
  const started = performance.now();
  const asked = as === 'APP' ? asApp : as ? { as } : {};
  const answer = await server.graphql(document, variables, asked);
  return { code: codeOf(answer), ms: performance.now() - started, text: answer.text.slice(0, 300) };
}

it('every root field with arguments is attacked', () => {
  expect(operations.length).toBeGreaterThan(20);
});

it.each(operations.map((operation) => [operation.field, operation] as const))(
  '%s: 200,000 characters in any text are refused with a clear answer that does not repeat them',
  async (_, operation) => {
    for (const slot of slotsOf(operation.variables)) {
      if (valueAt(operation.variables, slot) === aFile) continue;
      const { code, text } = await ask(operation, replaced(operation.variables, slot, 'x'.repeat(200_000)));
      expect(code, `${slot.join('.')}: ${text}`).toBe('BAD_USER_INPUT');
      expect(text).not.toContain('xxx');
    }
  },
);

// Each has taken a bad regular expression for ever somewhere.
const slow = ['a', '0', ' ', '-', '\u0301', 'ạ', '.a', '@a.', '=('].map((part) =>
  part.repeat(Math.floor(9_900 / part.length)),
);

it.each(operations.map((operation) => [operation.field, operation] as const))(
  '%s: texts as long as allowed break nothing and hold nobody up',
  async (_, operation) => {
    for (const slot of slotsOf(operation.variables)) {
      for (const text of slow) {
        const answer = await ask(operation, replaced(operation.variables, slot, text));
        expect(isOurs(answer.code), `${slot.join('.')} = ${text.slice(0, 5)}…: ${answer.text}`).toBe(false);
        expect(answer.ms, `${slot.join('.')} = ${text.slice(0, 5)}…`).toBeLessThan(3_000);
      }
    }
  },
  120_000,
);

const withLists = operations.filter(({ variables }) => listsOf(variables).length > 0);

it.each(withLists.map((operation) => [operation.field, operation] as const))(
  '%s: lists of a request’s whole length are refused, or read, and break nothing',
  async (_, operation) => {
    for (const slot of listsOf(operation.variables)) {
      const [item] = valueAt(operation.variables, slot) as unknown[];
      const most = Math.floor(900_000 / (JSON.stringify(item).length + 1));
      for (const length of [Math.min(most, 5_000), most, 0]) {
        const answer = await ask(operation, replaced(operation.variables, slot, Array(length).fill(item)));
        expect(isOurs(answer.code), `${slot.join('.')}, ${length} long: ${answer.text}`).toBe(false);
        if (length > 5_000) expect(answer.code, slot.join('.')).toBe('BAD_USER_INPUT');
      }
    }
  },
  60_000,
);

it.each(operations.map((operation) => [operation.field, operation] as const))(
  '%s: a field that the input does not have is refused, wherever it stands',
  async (_, operation) => {
    for (const slot of slotsOf(operation.variables).filter((path) => path.length > 1 && !path.includes(anyKey))) {
      for (const unknown of ['passwordHash', 'provinceCode', 'isAdmin', '$ne', '__raw', 'constructor']) {
        const beside = [...slot.slice(0, -1), unknown];
        if (slot.at(-1) === 0) continue;
        const { code, text } = await ask(operation, replaced(operation.variables, beside, 'x'));
        expect(code, `${beside.join('.')}: ${text}`).toBe('BAD_USER_INPUT');
        expect(text).toContain('Có trường không được biết ở đây.');
      }
    }
  },
  60_000,
);
