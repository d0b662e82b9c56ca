import { afterAll, beforeAll, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { asApp, codesOf, createApp, tokenOf } from '#test/partner-desk.ts';
import { bringTo, ReformDraft, reformDay } from '#test/reform-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { closeDaysOf } from './close-days.service.ts';

const now = new Date();
const closed = vietnamDate(new Date(now.getTime() - 3 * 86_400_000));
const noon = new Date(`${closed}T12:00:00+07:00`).getTime();

interface Cell {
  direction: string;
  passages: number;
  unit: { id: string };
}
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  // Ninh Bình goes into Thanh Hóa, district by district: its checkpoints keep the code 37.
  await bringTo(server, new ReformDraft().mergeProvinces('38', '37').merge('16438', '16447'));
  const [own] = await server.sql<{ unit_id: string; parent_id: string }>(
    `select u.unit_id, u.parent_id from administrative_unit o
     join administrative_unit_successor s on s.unit_id = o.unit_id join administrative_unit u on u.unit_id = s.successor_id
     where o.province_code = '37' and o.level = 'COMMUNE' order by u.unit_id limit 1`,
  );
  district = own?.parent_id ?? '';
  await pass('37', own?.unit_id ?? '', 8);
  await pass('38', `16438@${reformDay}`, 6);
  for (const province of ['37', '38'])
    await closeDaysOf({ rows: ({ text }, values) => server.sql(text, values) as never }, province, now);
});
afterAll(() => server.stop());
let district: string;

async function pass(province: string, unit: string, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1)
    await server.sql(
      `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, direction, decision, evidence, channel,
         recorded_by, recorded_offline, flags, flagged, content_hash)
       values ($3, $1, uuid_time($1), now(), $1, $2, 'IN', 'ADMITTED', 'NO_CARD', 'ONLINE', $1, false, '{}', false, '')`,
      [newUuid7(noon + at), unit, province],
    );
}

it('an app of a province that took another one in reads the cells of both, without naming one', async () => {
  const token = await tokenOf(server, await createApp(server, { scopes: ['statistics:read'] }));
  const ask = (unitCode?: string) =>
    asApp<{ partnerStatistics: { cells: Cell[] } }>(
      server,
      token,
      `query ($from: LocalDate!, $unitCode: String) {
         partnerStatistics(from: $from, to: $from, unitCode: $unitCode) { cells { direction passages unit { id } } } }`,
      { from: closed, ...(unitCode ? { unitCode } : {}) },
    );
  const { cells } = (await ask()).data.partnerStatistics;
  const counted = cells.filter(({ passages }) => passages > 0).map(({ unit, passages }) => [unit.id, passages]);
  expect(counted.sort()).toEqual(
    [
      [district, 10],
      [`406@${reformDay}`, 5],
    ].sort(),
  );
  expect(new Set(cells.map(({ unit, direction }) => `${unit.id} ${direction}`)).size).toBe(cells.length);
  expect((await ask('38')).data.partnerStatistics.cells).toEqual(cells);
  // What is gone is named by its id; of its own days nothing is closed here.
  expect((await ask('37@2021')).data.partnerStatistics.cells).toEqual([]);
  const national = await tokenOf(
    server,
    await createApp(server, { scopes: ['statistics:read'], unitCode: 'VN' }, 'admin.vn'),
  );
  const unnamed = await asApp(server, national, `{ partnerStatistics(from: "${closed}", to: "${closed}") { total } }`);
  expect(codesOf(unnamed)).toEqual(['BAD_USER_INPUT']);
});
