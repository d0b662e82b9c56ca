import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCardCode, aPassage, declared, record, submit, aDeclaration } from '#test/builders.ts';
import { passed } from '#test/mismatch-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { closeCase, openCase } from '#test/tracing-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Scanned {
  advice?: string;
  reasons?: string[];
  flags: Array<{ kind: string; message: string }>;
  companions?: Array<{ id: string; advice: string }>;
}
const scan = async (payload: string, as = 'officer.38', checkpointId = server.checkpoints.docXay) => {
  const { data, text } = await server.graphql<{ scan: Scanned }>(
    `query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) {
       ... on ValidPass { advice reasons flags { kind message } companions { id advice } }
       ... on IdCard { flags { kind message } } ... on FoundDeclarations { flags { kind message } } } }`,
    { payload, checkpointId },
    { as },
  );
  if (!data.scan.flags) throw new Error(text);
  return data.scan;
};
const kinds = (scanned: Scanned) => scanned.flags.map(({ kind }) => kind);
const hits = () =>
  server.sql<{ province_code: string; payload: { checkpointId: string; passageIds: string[] } }>(
    `select province_code, payload from outbox where topic = 'watch-list.hit' order by id`,
  );
const bundle = async (checkpointId = server.checkpoints.docXay, as = 'officer.38') =>
  server.graphql<{ checkpointBundle: { at: string; stop: string[] } }>(
    'query ($checkpointId: ID!) { checkpointBundle(checkpointId: $checkpointId) }',
    { checkpointId },
    { as },
  );

/** Somebody who passed, and has a case now. */
async function aCase(changes = {}) {
  const person = await passed(server, changes);
  const { data, errors } = await openCase(server, person.citizenId);
  if (errors) throw new Error(JSON.stringify(errors));
  return { ...person, caseId: data.openCase.id };
}

describe('a scan of somebody on the watch list', () => {
  it('is stopped in red, with what to do first among the reasons', async () => {
    const person = await aCase();
    const scanned = await scan(person.qrPayload);
    expect(scanned.advice).toBe('REFUSE');
    expect(kinds(scanned)).toContain('WATCH_LIST');
    expect(scanned.reasons?.[0]).toMatch(/theo dõi dịch tễ/);
  });

  it('stands out by card and by number too', async () => {
    const { input } = await aCase();
    const idNumber = input.person.idNumber ?? '';
    expect(kinds(await scan(aCardCode({ idNumber })))).toContain('WATCH_LIST');
    expect(kinds(await scan(idNumber))).toContain('WATCH_LIST');
  });

  it('is an event of its checkpoint that names nobody', async () => {
    const person = await aCase();
    const before = (await hits()).length;
    await scan(person.qrPayload);
    const [hit] = (await hits()).slice(before);
    expect(hit).toMatchObject({
      province_code: '38',
      payload: { checkpointId: server.checkpoints.docXay, passageIds: [] },
    });
    expect(JSON.stringify(hit)).not.toContain(person.citizenId);
  });

  it('is stopped in another province too, where they declared anew under the same number', async () => {
    const { input } = await aCase();
    const anew = await declared(server, { person: { idNumber: input.person.idNumber ?? '' } }, '01');
    const scanned = await scan(anew.qrPayload, 'officer.01', server.checkpoints.hanoi);
    expect([scanned.advice, kinds(scanned)]).toEqual(['REFUSE', ['WATCH_LIST']]);
    const here = await scan(anew.qrPayload);
    expect(kinds(here)).toContain('WATCH_LIST');
  });

  it('as a companion they are to be refused, and who travels with them is not', async () => {
    const person = await aCase();
    const input = [aDeclaration(), aDeclaration({ person: { idNumber: person.input.person.idNumber ?? '' } })];
    const { data } = await submit(server, input);
    const [first] = data.submitDeclarations;
    const before = (await hits()).length;
    const scanned = await scan(first?.receipt.qrPayload ?? '');
    expect(kinds(scanned)).not.toContain('WATCH_LIST');
    expect(scanned.companions).toEqual([{ id: input[1]?.id, advice: 'REFUSE' }]);
    expect(await hits()).toHaveLength(before + 1);
    const [opened] = await server.sql('select advice from opened_declaration where declaration_id = $1', [
      input[1]?.id,
    ]);
    expect(opened).toEqual({ advice: 'REFUSE' });
  });

  it('everybody else passes as before, and so do they once the case is closed', async () => {
    const [person, other] = [await aCase(), await declared(server)];
    expect(kinds(await scan(other.qrPayload))).toEqual([]);
    await closeCase(server, person.caseId);
    expect(kinds(await scan(person.qrPayload))).not.toContain('WATCH_LIST');
  });

  it('under the number of somebody who was found to be the same', async () => {
    const [one, same] = [await aCase(), await passed(server)];
    await server.graphql(
      'mutation ($keep: ID!, $merge: ID!) { mergeCitizens(keep: $keep, merge: $merge, reason: "cùng một người") { id } }',
      { keep: same.citizenId, merge: one.citizenId },
      { as: 'admin.38' },
    );
    expect(kinds(await scan(same.qrPayload))).toContain('WATCH_LIST');
  });
});

describe('a passage of somebody on the watch list', () => {
  it('has the flag, tells the wall screen, and whoever passes with it has none', async () => {
    const [person, other] = [await aCase(), await declared(server)];
    const before = (await hits()).length;
    const input = [person, other].map(({ id: declarationId }) =>
      aPassage(server.checkpoints.cauGhep, { declarationId }),
    );
    const results = (await record(server, input)).data.recordPassages;
    expect(results.map(({ passage }) => passage?.flags.some(({ kind }) => kind === 'WATCH_LIST'))).toEqual([
      true,
      false,
    ]);
    const told = (await hits()).slice(before);
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { checkpointId: server.checkpoints.cauGhep, passageIds: [input[0]?.id] },
    ]);
    await record(server, input);
    expect(await hits()).toHaveLength(before + 1);
  });
});

describe('the bundle of a checkpoint', () => {
  it('holds the ids of open passes to stop, of all provinces, and nothing else', async () => {
    const person = await aCase();
    const elsewhere = await declared(server, { person: { idNumber: person.input.person.idNumber ?? '' } }, '01');
    const other = await declared(server);
    // What a node read a moment ago is answered again for 15 seconds.
    const fresh = await startServer({ database: { ownerUrl: server.ownerUrl } });
    try {
      const { data } = await fresh.graphql<{ checkpointBundle: { at: string; stop: string[] } }>(
        'query ($checkpointId: ID!) { checkpointBundle(checkpointId: $checkpointId) }',
        { checkpointId: server.checkpoints.docXay },
        { as: 'officer.38' },
      );
      expect(Object.keys(data.checkpointBundle)).toEqual(['at', 'stop']);
      expect(data.checkpointBundle.stop).toEqual(expect.arrayContaining([person.id, elsewhere.id]));
      expect(data.checkpointBundle.stop).not.toContain(other.id);
    } finally {
      await fresh.stop();
    }
  });

  it('is for officers, of the own checkpoints', async () => {
    expect((await bundle(server.checkpoints.docXay, 'officer.cg')).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect((await bundle(server.checkpoints.docXay, 'tracer.38')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});
