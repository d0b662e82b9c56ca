import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, submit } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { aRule, aZone, saveZone } from '#test/zones.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const document = `query ($destination: String!, $origin: String, $at: DateTime, $visited: [String!]) {
  movementRules(destinationCode: $destination, originCode: $origin, departsAt: $at, visitedCodes: $visited) {
    originLevel destinationLevel visitedLevel
    zones { name level contactName contactPhone }
    rules { id version description onFailure appliesTo logic zone { name } }
  }
}`;
interface Rules {
  originLevel: number;
  destinationLevel: number;
  visitedLevel: number;
  zones: Array<{ name: string; contactPhone: string | null }>;
  rules: Array<{ id: string; description: string; appliesTo: string }>;
}
const ask = (variables: object, language: 'vi' | 'en' = 'vi') =>
  server.graphql<{ movementRules: Rules }>(document, { ...variables }, { language });
const rulesOf = async (...given: Parameters<typeof ask>) => (await ask(...given)).data.movementRules;

describe('what the rules of a journey are', () => {
  it('anybody is told before declaring, in words and with whom to call', async () => {
    const rule = aRule();
    const contact = { contactName: 'Trạm Y tế xã', contactPhone: '0237 000 0001' };
    await saveZone(server, aZone({ entryRules: [rule], ...contact }));
    const found = await rulesOf({ destination: '16438', origin: '00001' }, 'en');
    expect(found).toMatchObject({ originLevel: 0, destinationLevel: 4, zones: [{ name: 'Vùng thử', ...contact }] });
    expect(found.rules.at(-1)).toMatchObject({
      id: rule.id,
      version: 1,
      description: 'Has no negative test of the last 72 hours.',
      appliesTo: 'ENTRY',
      logic: rule.logic,
      zone: { name: 'Vùng thử' },
    });
    expect(found.rules[0]?.appliesTo).toBe('EVERYWHERE');
    expect((await rulesOf({ destination: '16438' })).rules.at(-1)?.description).toMatch(/^Không có xét nghiệm/);
    expect((await rulesOf({ destination: '14758', visited: ['16438'] })).visitedLevel).toBe(4);
  });

  it('a day begins and ends at midnight in Viet Nam', async () => {
    await saveZone(server, aZone({ unitCodes: ['14758'], startsOn: '2021-09-10', endsOn: '2021-09-10' }));
    const level = async (at: string) => (await rulesOf({ destination: '14758', at })).destinationLevel;
    expect(await level('2021-09-09T16:59:59.999Z')).toBe(0);
    expect(await level('2021-09-09T17:00:00Z')).toBe(4);
    expect(await level('2021-09-10T16:59:59.999Z')).toBe(4);
    expect(await level('2021-09-10T17:00:00Z')).toBe(0);
  });

  it('a code that no unit has is said to be wrong', async () => {
    const fields = async (variables: object) =>
      Object.keys(((await ask(variables)).errors?.[0]?.extensions['fields'] as object | undefined) ?? {});
    expect(await fields({ destination: '99999' })).toEqual(['destinationCode']);
    expect(await fields({ destination: '38', visited: ['38', 'x'] })).toEqual(['visitedCodes.1']);
    expect(await fields({ destination: '38', visited: Array(21).fill('38') })).toEqual(['visitedCodes']);
  });
});

describe('trying a zone', () => {
  const tryDocument = `mutation ($input: ZoneInput!) { tryRules(input: $input) {
    tried complete admitted examined refused changed reasons reasonCounts { description onFailure count } } }`;
  const tried = (input: object, as = 'admin.38') =>
    server.graphql<{ tryRules: Record<string, unknown> }>(tryDocument, { input }, { as });

  it('counts what it would advise on last week’s declarations, and changes nothing', async () => {
    const commune = '16447';
    const address = { journey: { destinationAddress: { line: 'Thôn 1', unitCode: commune } } };
    const tested = { ...address, health: { testedAt: new Date(), testNegative: true } };
    const ill = { ...address, health: { contactWithCase: true } };
    for (const changes of [address, address, tested, ill]) await submit(server, [aDeclaration(changes)]);
    const zone = aZone({ unitCodes: [commune], startsOn: '2099-01-01' });
    expect((await tried(zone)).data.tryRules).toEqual({
      tried: 4,
      complete: true,
      admitted: 1,
      examined: 2,
      refused: 1,
      changed: 2,
      reasons: [
        'Không có xét nghiệm âm tính trong 72 giờ.',
        'Đã tiếp xúc với ca bệnh hoặc ca nghi nhiễm trong 14 ngày qua.',
      ],
      reasonCounts: [
        { description: 'Không có xét nghiệm âm tính trong 72 giờ.', onFailure: 'EXAMINE', count: 3 },
        expect.objectContaining({ onFailure: 'REFUSE', count: 1 }),
      ],
    });
    expect(await server.sql('select from epidemic_zone where id = $1', [zone.id])).toEqual([]);
    expect((await rulesOf({ destination: commune })).destinationLevel).toBe(0);
  });

  it('is for who may set the zone', async () => {
    const codeOf = async (...given: Parameters<typeof tried>) =>
      (await tried(...given)).errors?.[0]?.extensions['code'];
    expect(await codeOf(aZone({ unitCodes: ['16447'] }), 'analyst.38')).toBe('FORBIDDEN');
    expect(await codeOf(aZone({ unitCodes: ['16447'] }), 'admin.district')).toBe('BAD_USER_INPUT');
    expect(await codeOf(aZone({ unitCodes: ['00001'] }))).toBe('BAD_USER_INPUT');
  });
});
