import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aPassage, declared, record, type PassageInput } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const today = () => vietnamDate(new Date());
const yesterday = () => vietnamDate(new Date(Date.now() - 86_400_000));
const minutesAgo = (minutes: number) => newUuid7(Date.now() - minutes * 60_000);

interface Saved {
  saveCheckpoint: { active: boolean; closesOn: string | null; unit: { code: string } };
}
const cauGhep = (changes: object = {}) => ({
  id: server.checkpoints.cauGhep,
  code: 'CG',
  name: 'Chốt Cầu Ghép',
  unitCode: '16438',
  kind: 'ROAD',
  latitude: 19.65,
  longitude: 105.75,
  active: true,
  ...changes,
});
const save = (changes: object = {}) =>
  server.graphql<Saved>(
    'mutation ($input: CheckpointInput!) { saveCheckpoint(input: $input) { active closesOn unit { code } } }',
    { input: cauGhep(changes) },
    { as: 'admin.38' },
  );
const saved = async (changes: object = {}) => (await save(changes)).data.saveCheckpoint;
const refusal = async (changes: object) => {
  const { code, fields } = (await save(changes)).errors?.[0]?.extensions ?? {};
  return [code, ...Object.keys((fields as object | undefined) ?? {})];
};
async function send(changes: Partial<PassageInput> = {}): Promise<string> {
  const { id: declarationId } = await declared(server);
  const passage = aPassage(server.checkpoints.cauGhep, { declarationId, ...changes });
  const [result] = (await record(server, [passage])).data.recordPassages;
  return result?.code ?? 'RECORDED';
}

describe('a checkpoint that is closed', () => {
  it('from now on takes nobody who passes now, and who passed before it, however late it comes', async () => {
    await save({ active: false });
    expect(await send()).toBe('CHECKPOINT_CLOSED');
    expect(await send({ id: minutesAgo(3), recordedOffline: true })).toBe('RECORDED');
    expect(await send({ id: minutesAgo(13 * 24 * 60), recordedOffline: true })).toBe('RECORDED');
    expect(await saved({ active: false })).toMatchObject({ active: false, closesOn: today() });
  });

  it('can be opened again, without an end or until a day', async () => {
    await save({ active: false });
    expect(await saved({ closesOn: today() })).toEqual({ active: true, closesOn: today(), unit: { code: '16438' } });
    expect(await send()).toBe('RECORDED');
    expect(await saved()).toMatchObject({ active: true, closesOn: null });
  });

  it('with the end of its last day is closed without anybody’s doing', async () => {
    await server.sql(`update checkpoint set active = true, closes_at = $2 where id = $1`, [
      server.checkpoints.cauGhep,
      new Date(Date.now() - 60_000),
    ]);
    expect(await send()).toBe('CHECKPOINT_CLOSED');
    expect(await send({ id: minutesAgo(2) })).toBe('RECORDED');
    expect(await saved({ active: false })).toMatchObject({ active: false });
    expect(await saved()).toMatchObject({ active: true, closesOn: null });
  });

  it('closes on no day that has passed, and only while it is open', async () => {
    expect(await refusal({ closesOn: yesterday() })).toEqual(['BAD_USER_INPUT', 'closesOn']);
    expect(await refusal({ closesOn: today(), active: false })).toEqual(['BAD_USER_INPUT', 'closesOn']);
  });

  it('a passage of before can still be corrected', async () => {
    const { id: declarationId } = await declared(server);
    const id = minutesAgo(1);
    await record(server, [aPassage(server.checkpoints.cauGhep, { id, declarationId })]);
    await save({ active: false });
    const correction = newUuid7(Date.parse((await timeOf(id)).toISOString()));
    expect(await send({ id: correction, corrects: id, declarationId, decision: 'VOID' })).toBe('RECORDED');
    await save();
  });
  const timeOf = async (id: string) => {
    const [row] = await server.sql<{ occurred_at: Date }>('select occurred_at from passage where id = $1', [id]);
    return row?.occurred_at ?? new Date(0);
  };
});

describe('a checkpoint that moves', () => {
  const unitOf = async (id: string) =>
    (await server.sql<{ unit_id: string }>('select unit_id from passage where id = $1', [id]))[0]?.unit_id;

  it('within its province leaves its passages where they were recorded', async () => {
    const [before, after] = [newUuid7(), newUuid7(Date.now() + 1)];
    await send({ id: before });
    expect(await saved({ unitCode: '16447' })).toMatchObject({ unit: { code: '16447' } });
    await send({ id: after });
    expect([await unitOf(before), await unitOf(after)]).toEqual(['16438@2021', '16447@2021']);
    await save();
  });

  it('leaves no officer assigned to what is out of reach', async () => {
    const standsAt = (unit: string) =>
      server.sql(`update account set unit_id = $1 where username = 'officer.cg'`, [unit]);
    await standsAt('16438@2021');
    expect(await refusal({ unitCode: '16447' })).toEqual(['BAD_USER_INPUT', 'unitCode']);
    expect(await saved({ name: 'Cầu Ghép' })).toMatchObject({ unit: { code: '16438' } });
    await standsAt('406@2021');
    expect(await saved({ unitCode: '16447' })).toMatchObject({ unit: { code: '16447' } });
    await save();
    await standsAt('38@2021');
  });

  it('never leaves its province', async () => {
    expect(await refusal({ unitCode: '00001' })).toEqual(['BAD_USER_INPUT', 'unitCode']);
  });
});

describe('the sign at a checkpoint', () => {
  const sign = async (id: string) =>
    (
      await server.graphql<{ checkpointSign: unknown }>(
        'query ($id: ID!) { checkpointSign(id: $id) { name open unit { code parent { code } } } }',
        { id },
      )
    ).data.checkpointSign;

  it('says to anybody where it stands, and whether it is open', async () => {
    const standing = { name: 'Chốt Cầu Ghép', open: true, unit: { code: '16438', parent: { code: '406' } } };
    expect(await sign(server.checkpoints.cauGhep)).toEqual(standing);
    await save({ active: false });
    expect(await sign(server.checkpoints.cauGhep)).toEqual({ ...standing, open: false });
    await save();
  });

  it('of no checkpoint says nothing', async () => {
    for (const id of [newUuid7(), 'x', "'"]) expect(await sign(id)).toBeNull();
  });
});
