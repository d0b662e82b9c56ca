import { afterAll, beforeAll, expect, it } from 'vitest';
import { aPassage } from '../builders.ts';
import { startServer, type AskOptions, type TestServer } from '../server.ts';
import { codeOf } from './attack-desk.ts';
import { nasty, operations, replaced, slotsOf } from './text-operations.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ask = (query: string, variables?: Record<string, unknown>, options?: AskOptions) =>
  server.graphql(query, variables, options);

it.each(operations)(
  '%s takes it as text',
  async (_, query, variables, as) => {
    const slots = slotsOf(variables);
    expect(slots.length).toBeGreaterThan(0);
    for (const slot of slots) {
      for (const text of nasty) {
        const answer = await ask(query, replaced(variables, slot, text), as ? { as } : {});
        const codes = answer.errors?.map(({ extensions }) => extensions['code']) ?? [];
        expect(codes, `${slot.join('.')} = ${text.slice(0, 40)}: ${answer.text.slice(0, 300)}`).not.toContain(
          'INTERNAL',
        );
        expect(codes).not.toContain('UNAVAILABLE');
      }
    }
    expect(await server.sql('select count(*)::int as tables from pg_class where relname = $1', ['passage'])).toEqual([
      { tables: 1 },
    ]);
  },
  60_000,
);

it('own checkpoints too: recording and scanning with such text stores nothing but text', async () => {
  const here = server.checkpoints.docXay;
  const variables = {
    input: [
      aPassage(here, { declarationId: 'a', reason: 'a' }),
      aPassage(here, { citizenId: 'a' }),
      aPassage(here, { qrPayload: 'CDN1:A' }),
      { ...aPassage(here, { paperFormNumber: 'a' }), plate: 'a' },
      aPassage(here, { corrects: 'a', decision: 'VOID' }),
    ],
  };
  for (const slot of slotsOf(variables)) {
    if (slot.at(-1) === 'checkpointId') continue;
    for (const text of nasty) {
      const answer = await ask(
        'mutation ($input: [RecordPassageInput!]!) { recordPassages(input: $input) { __typename } }',
        replaced(variables, slot, text),
        { as: 'officer.38' },
      );
      expect(['INTERNAL', 'UNAVAILABLE'], `${slot.join('.')} = ${text.slice(0, 40)}`).not.toContain(codeOf(answer));
    }
  }
  for (const payload of [...nasty, ...nasty.map((text) => `CDN1:${text}`)]) {
    const answer = await ask(
      'query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename } }',
      { payload, here },
      { as: 'officer.cg' },
    );
    expect(['INTERNAL', 'UNAVAILABLE'], payload.slice(0, 40)).not.toContain(codeOf(answer));
  }
}, 60_000);
