import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const document = `query ($parentCode: String, $level: UnitLevel, $search: String) {
  administrativeUnits(parentCode: $parentCode, level: $level, search: $search) { id code fullName level parent { code } }
}`;
interface Unit {
  id: string;
  code: string;
  fullName: string;
  level: string;
  parent: { code: string } | null;
}
const units = async (variables: Record<string, unknown>, options = {}) =>
  (await server.graphql<{ administrativeUnits: Unit[] }>(document, variables, options)).data.administrativeUnits;

it('the units of August 2021 are there: 63 provinces, 705 districts, 10,599 communes', async () => {
  const rows = await server.sql<{ level: string; count: number }>(
    'select level, count(*)::int as count from administrative_unit group by level',
  );
  expect(Object.fromEntries(rows.map(({ level, count }) => [level, count]))).toEqual({
    NATION: 1,
    PROVINCE: 63,
    DISTRICT: 705,
    COMMUNE: 10_599,
  });
  expect(await units({})).toHaveLength(63);
  expect(await units({ parentCode: '38' })).toHaveLength(27);
  expect(await units({ parentCode: '38', level: 'COMMUNE' })).toHaveLength(559);
});

it('"thanh hoa" and "Thanh Hóa" find alike, the province first', async () => {
  const [plain, marked] = [await units({ search: 'thanh hoa' }), await units({ search: 'Thanh Hóa' })];
  expect(plain).toEqual(marked);
  expect(plain).toHaveLength(20);
  expect(plain[0]).toMatchObject({ fullName: 'Tỉnh Thanh Hóa' });
});

it('a district’s name finds its communes, by words anywhere in their path', async () => {
  const found = await units({ search: 'quang xuong', level: 'COMMUNE' });
  expect(new Set(found.map(({ parent }) => parent?.code))).toEqual(new Set(['406']));
});

it('three letters find a commune: the initials of its path, behind what its words find', async () => {
  const found = await units({ search: 'TPQ', level: 'COMMUNE' });
  expect(found.map(({ code }) => code)).toContain('16438');
  const byWords = await units({ search: 'tan', level: 'COMMUNE' });
  expect(byWords.every(({ fullName }) => /t[âaăấầậẩẫắằặẳẵàáạảã]n/i.test(fullName))).toBe(true);
});

it('of what matches alike, whoever is signed in finds their own province first: three letters and Enter are enough', async () => {
  const [found] = await units({ search: 'tpq', level: 'COMMUNE' }, { as: 'officer.38' });
  expect(found).toMatchObject({ code: '16438' });
  const [better] = await units({ search: 'quang ngai' }, { as: 'officer.38' });
  expect(better).toMatchObject({ fullName: 'Tỉnh Quảng Ngãi' });
  expect(await units({ search: 'tpq' }, { as: 'admin.vn' })).toEqual(await units({ search: 'tpq' }));
});

it('one unit is known by its id, of nobody none', async () => {
  const ask = async (id: string) =>
    (
      await server.graphql<{ administrativeUnit: { code: string; replacedBy: unknown[] } | null }>(
        'query ($id: ID!) { administrativeUnit(id: $id) { code replaces { id } replacedBy { id parent { id } } } }',
        { id },
      )
    ).data.administrativeUnit;
  expect(await ask('16438@2021')).toEqual({ code: '16438', replaces: [], replacedBy: [] });
  expect(await ask('16438')).toBeNull();
});

it('communes of the whole country are not listed without a parent or a search', async () => {
  const answer = await server.graphql(document, { level: 'COMMUNE' });
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: { parentCode: expect.any(String) },
  });
});
