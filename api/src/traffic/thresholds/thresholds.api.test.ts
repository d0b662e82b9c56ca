import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/server.ts';
import { defaultThresholds, thresholdBounds } from './thresholds.ts';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const fields = `unit { code } setFor { code } ${Object.keys(defaultThresholds).join(' ')}`;
const asked = (as: string, unitCode?: string) =>
  server.graphql<{ trafficThresholds: object | null }>(
    `query ($unitCode: String) { trafficThresholds(unitCode: $unitCode) { ${fields} } }`,
    { unitCode },
    { as },
  );
const save = (as: string, changes: object) =>
  server.graphql<{ saveTrafficThresholds: object | null }>(
    `mutation ($input: TrafficThresholdsInput!) { saveTrafficThresholds(input: $input) { ${fields} } }`,
    { input: { unitCode: '38', ...defaultThresholds, ...changes } },
    { as },
  );
const entries = async () =>
  (await server.sql(`select 1 from audit_entry where action = 'traffic-thresholds.change'`)).length;

describe('the thresholds of alerts', () => {
  it('are the usual ones until an administrator sets them, and hold for all units below', async () => {
    expect((await asked('analyst.38')).data.trafficThresholds).toEqual({
      unit: { code: '38' },
      setFor: null,
      ...defaultThresholds,
    });
    const province = { ...defaultThresholds, silenceMinutes: 20, surgeFactor: 2.5 };
    expect((await save('admin.38', province)).data.saveTrafficThresholds).toMatchObject(province);
    expect((await asked('admin.district')).data.trafficThresholds).toMatchObject({
      unit: { code: '380' },
      setFor: { code: '38' },
      ...province,
    });
    await save('admin.district', { unitCode: '380', silenceMinutes: 90 });
    expect((await asked('admin.38', '380')).data.trafficThresholds).toMatchObject({
      setFor: { code: '380' },
      silenceMinutes: 90,
    });
    expect((await asked('admin.38')).data.trafficThresholds).toMatchObject({ silenceMinutes: 20 });
  });

  it('are entered when they change, and not when they are sent again', async () => {
    await save('admin.38', { refusalPercent: 31 });
    const before = await entries();
    await save('admin.38', { refusalPercent: 31 });
    expect(await entries()).toBe(before);
    await save('admin.38', { refusalPercent: 32 });
    expect(await entries()).toBe(before + 1);
  });

  it('have bounds, each named where it is not kept', async () => {
    const beyond = Object.fromEntries(Object.entries(thresholdBounds).map(([name, [, most]]) => [name, most + 1]));
    const { errors } = await save('admin.38', beyond);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(Object.keys(errors?.[0]?.extensions['fields'] as object)).toEqual(
      Object.keys(thresholdBounds).map((name) => `input.${name}`),
    );
  });

  it('are set by administrators of the unit alone', async () => {
    for (const [as, unitCode, code] of [
      ['admin.district', '38', 'NOT_FOUND'],
      ['admin.01', '38', 'NOT_FOUND'],
      ['admin.38', '99999', 'NOT_FOUND'],
      ['analyst.38', '38', 'FORBIDDEN'],
    ] as const)
      expect((await save(as, { unitCode })).errors?.[0]?.extensions['code'], as).toBe(code);
    expect((await asked('analyst.38', '01')).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect((await asked('officer.38')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});
