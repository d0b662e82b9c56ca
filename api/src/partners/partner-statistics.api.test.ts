import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { asApp, codesOf, createApp, tokenOf } from '#test/partner-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { closeDaysOf, lastClosedDay } from './close-days.service.ts';

const dayMs = 86_400_000;
const now = new Date();
const day = (back: number) => vietnamDate(new Date(now.getTime() - back * dayMs));
const document = `query ($from: LocalDate!, $to: LocalDate!, $unitCode: String) {
  partnerStatistics(from: $from, to: $to, unitCode: $unitCode) { total closedTo cells { day direction passages unit { code } } }
}`;

interface Answer {
  partnerStatistics: {
    total: number;
    closedTo: string;
    cells: Array<{ day: string; direction: string; passages: number; unit: { code: string } }>;
  };
}

let server: TestServer;
let tokens: string[];
beforeAll(async () => {
  server = await startServer();
  // Communes of three districts: Bỉm Sơn, Thanh Hóa, Quảng Xương.
  await pass('14812@2021', 3, 13);
  await pass('14758@2021', 3, 7);
  await pass('16438@2021', 3, 2);
  await pass('38@2021', 3, 2);
  await pass('16438@2021', 2, 4);
  await pass('16438@2021', 1, 50);
  await close();
  const apps = [
    await createApp(server, { scopes: ['statistics:read'] }),
    await createApp(server, { scopes: ['statistics:read'], unitCode: '406' }),
    await createApp(server, { scopes: ['statistics:read', 'declarations:read'] }, 'admin.vn'),
  ];
  tokens = await Promise.all(apps.map((app) => tokenOf(server, app)));
});
afterAll(() => server.stop());

const close = () => closeDaysOf({ rows: ({ text }, values) => server.sql(text, values) as never }, '38', now);

async function pass(unit: string, back: number, times: number): Promise<string[]> {
  const noon = new Date(`${day(back)}T12:00:00+07:00`).getTime();
  const ids = Array.from({ length: times }, (_, at) => newUuid7(noon + at));
  for (const id of ids)
    await server.sql(
      `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, direction, decision, evidence, channel,
         recorded_by, recorded_offline, flags, flagged, content_hash)
       values ('38', $1, uuid_time($1), now(), $1, $2, 'IN', 'ADMITTED', 'NO_CARD', 'ONLINE', $1, false, '{}', false, '')`,
      [id, unit],
    );
  return ids;
}

const ask = (token: string | undefined, from: string, to: string, unitCode: string | null = null) =>
  asApp<Answer>(server, token ?? '', document, { from, to, unitCode });
const cellsOf = async (token: string | undefined, from: string, to: string, unitCode: string | null = null) =>
  (await ask(token, from, to, unitCode)).data.partnerStatistics;

describe('statistics for partners', () => {
  it('count passages by day, district and direction, each to the nearest five; days that are not closed are absent', async () => {
    const { cells, closedTo } = await cellsOf(tokens[0], day(3), day(0));
    expect(closedTo).toBe(lastClosedDay(now));
    const counted = cells.filter(({ passages }) => passages > 0);
    expect(counted.map(({ day, unit, passages }) => [day, unit.code, passages])).toEqual([
      [day(3), '380', 5],
      [day(3), '381', 15],
      [day(2), '406', 5],
    ]);
    expect(new Set(cells.map((cell) => cell.day))).toEqual(new Set([day(3), day(2)]));
  });

  it('a district with few passages looks as one with none', async () => {
    const { cells } = await cellsOf(tokens[0], day(3), day(3));
    const quiet = cells.filter(({ unit, direction }) => unit.code === '406' && direction === 'IN');
    expect(quiet).toEqual([expect.objectContaining({ passages: 0 })]);
    expect(cells.filter(({ unit }) => unit.code === '382')).toHaveLength(2);
  });

  it('a province has a cell for checkpoints of its own, were it 0; of one or two it cannot be told from that', async () => {
    const province = async (back: number) => {
      const { cells } = await cellsOf(tokens[0], day(back), day(back));
      return cells.filter(({ unit }) => unit.code === '38').map(({ direction, passages }) => [direction, passages]);
    };
    const none = [
      ['IN', 0],
      ['OUT', 0],
    ];
    // Two passed there three days ago, and nobody the day after.
    expect(await province(3)).toEqual(none);
    expect(await province(2)).toEqual(none);
  });

  it('what comes late, or is undone, changes no cell that stands: asking before and after tells nothing', async () => {
    const before = await cellsOf(tokens[0], day(5), day(2));
    await pass('16438@2021', 3, 4);
    await server.sql(`update passage set decision = 'VOID', corrects = id where unit_id = '14758@2021'`);
    await close();
    await close();
    expect(await cellsOf(tokens[0], day(5), day(2))).toEqual(before);
  });

  it('whatever is asked, by whichever app: an answer is made of the same cells, and its total is their sum', async () => {
    const all = (await cellsOf(tokens[0], day(15), day(0))).cells;
    const scopes = [null, '38', '380', '406'];
    const asked = fc.record({
      app: fc.constantFrom(0, 1, 2),
      from: fc.integer({ min: 0, max: 15 }),
      length: fc.integer({ min: 0, max: 15 }),
      unitCode: fc.constantFrom(...scopes),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ app, from, length, unitCode }) => {
        const [first, last] = [day(from), day(Math.max(0, from - length))];
        const answer = await ask(tokens[app], first, last, unitCode);
        if (answer.errors) {
          expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
          return;
        }
        const district = app === 1 ? '406' : unitCode === '380' || unitCode === '406' ? unitCode : null;
        const expected = all.filter(
          (cell) => cell.day >= first && cell.day <= last && (!district || cell.unit.code === district),
        );
        const { cells, total } = answer.data.partnerStatistics;
        expect(cells).toEqual(expected);
        expect(total).toBe(expected.reduce((sum, { passages }) => sum + passages, 0));
      }),
      { numRuns: 40 },
    );
  });

  it('are not for who lacks the scope, nor for units of others, nor for communes', async () => {
    const reader = await tokenOf(server, await createApp(server, { scopes: ['declarations:read'] }));
    expect(codesOf(await ask(reader, day(3), day(2)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(tokens[1], day(3), day(2), '380'))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await ask(tokens[0], day(3), day(2), '01'))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await ask(tokens[0], day(60), day(2)))).toEqual(['BAD_USER_INPUT']);
    expect((await cellsOf(tokens[0], day(3), day(2), '16438')).cells).toEqual([]);
    const small = createApp(server, { scopes: ['statistics:read'], unitCode: '16438' });
    await expect(small).rejects.toThrow('BAD_USER_INPUT');
  });

  it('are entered in the audit trail with what was asked for', async () => {
    await cellsOf(tokens[0], day(3), day(2), '380');
    const entries = await server.sql<{ role: string; detail: object; reason: string }>(
      `select role, reason, detail from audit_entry where action = 'statistics.read' order by id desc limit 1`,
    );
    expect(entries).toMatchObject([
      {
        role: 'PARTNER',
        reason: 'Nhắc người dân khai lại trước khi hết hạn',
        detail: { unitCode: '380', from: day(3) },
      },
    ]);
  });
});
