import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, aPassage, declared, record } from '#test/builders.ts';
import { asWorker, OutboxDesk } from '#test/outbox-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { passageChecks } from './passage-checks.service.ts';

let server: TestServer;
let desk: OutboxDesk;
beforeAll(async () => {
  server = await startServer();
  desk = new OutboxDesk(await asWorker(server.ownerUrl), [passageChecks(() => desk.now())]);
});
afterAll(async () => {
  await desk.database.close();
  await server.stop();
});

interface Queued {
  citizen_id: string;
  status: string;
  priority: number;
  due_at: Date | null;
  checkpoint_id: string;
  unit_id: string;
  declaration_id: string | null;
}
/** What is queued for the person of this declaration. */
async function queued(declarationId: string): Promise<Queued[]> {
  return server.sql<Queued & Record<string, unknown>>(
    `select v.* from registry_verification v join declaration d on d.citizen_id = v.citizen_id and d.id = $1 where v.province_code = '38'`,
    [declarationId],
  );
}
const pass = async (declarationId: string, changes: Parameters<typeof aPassage>[1] = {}) => {
  const input = aPassage(server.checkpoints.docXay, { declarationId, ...changes });
  const answer = await record(server, [input]);
  expect(answer.data.recordPassages[0]).toMatchObject({ __typename: 'PassageRecorded' });
  return input;
};

describe('who passed is to be looked up', () => {
  it('once, whatever the number of their passages, at the checkpoint where they were last', async () => {
    const { id } = await declared(server);
    await pass(id);
    await pass(id, { checkpointId: server.checkpoints.cauGhep, direction: 'OUT' });
    await desk.drain();
    expect(await queued(id)).toMatchObject([
      { status: 'PENDING', checkpoint_id: server.checkpoints.cauGhep, unit_id: '16438@2021', declaration_id: id },
    ]);
    expect((await queued(id))[0]?.due_at).not.toBeNull();
  });

  it('before others where the scan raised a flag', async () => {
    const [usual, flagged] = [await declared(server), await declared(server)];
    await pass(usual.id);
    for (let time = 0; time < 2; time += 1) await pass(flagged.id);
    await desk.drain();
    expect(await queued(usual.id)).toMatchObject([{ priority: 0 }]);
    expect(await queued(flagged.id)).toMatchObject([{ priority: 1 }]);
  });

  it('no passage without its job, no job without its passage: what is rolled back leaves neither', async () => {
    const { id } = await declared(server);
    await server.sql('revoke insert on outbox from cordon_api');
    const refused = await record(server, [aPassage(server.checkpoints.docXay, { declarationId: id })]);
    await server.sql('grant insert on outbox to cordon_api');
    expect(refused.errors?.length).toBe(1);
    await desk.drain();
    expect(await server.sql('select 1 from passage where declaration_id = $1', [id])).toEqual([]);
    expect(await queued(id)).toEqual([]);
    await pass(id);
    await desk.drain();
    expect(await queued(id)).toHaveLength(1);
  });

  it('nobody where the person was erased meanwhile', async () => {
    const { id } = await declared(server);
    await pass(id);
    const before = await server.sql('select count(*)::int as n from registry_verification');
    await server.sql('delete from citizen where id = (select citizen_id from declaration where id = $1)', [id]);
    await desk.drain();
    expect(await queued(id)).toEqual([]);
    expect(await server.sql('select count(*)::int as n from registry_verification')).toEqual(before);
  });
});

describe('a paper form', () => {
  const keyIn = (paperFormNumber: string, as = 'officer.38') => {
    const input = { ...aDeclaration(), receiptSecret: null, paperFormNumber };
    return server
      .graphql<{ recordPaperDeclaration: { __typename: string } }>(
        'mutation ($input: DeclarationInput!, $checkpointId: ID!) { recordPaperDeclaration(input: $input, checkpointId: $checkpointId) { __typename } }',
        { input, checkpointId: server.checkpoints.docXay },
        { as },
      )
      .then(({ data }) => ({ id: input.id, answer: data?.recordPaperDeclaration.__typename }));
  };

  it('that no passage waited for has its person looked up all the same', async () => {
    const { id, answer } = await keyIn('DX-70001');
    expect(answer).toBe('DeclarationSubmitted');
    expect(await queued(id)).toMatchObject([{ status: 'PENDING', checkpoint_id: server.checkpoints.docXay }]);
  });

  it('that a passage waited for has its person looked up once, with the flags of the passage', async () => {
    await record(server, [
      aPassage(server.checkpoints.docXay, { paperFormNumber: 'DX-70002', evidence: 'PAPER_AND_CARD' }),
    ]);
    await desk.drain();
    const { id } = await keyIn('DX-70002');
    await desk.drain();
    expect(await queued(id)).toMatchObject([{ status: 'PENDING', declaration_id: id }]);
  });
});
