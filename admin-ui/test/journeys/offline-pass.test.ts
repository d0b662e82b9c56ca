import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import vectors from '#api/territory/shared/movement-rules/vectors.json' with { type: 'json' };
import { openCase } from '#test/tracing-desk.ts';
import { aRule, aZone, saveZone } from '#test/zones.ts';
import { atTheLane, handScan, ready, shown, storedOf, travelTogether } from './at-the-lane.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
});
afterAll(() => journeys.stop());

describe('a pass without a network', () => {
  // First: what a node read of the watch list is answered again for a while.
  it('of somebody on the watch list is stopped in red', async () => {
    const { id, pass } = await travelTogether(journeys.server, 'Lò Thị Dương Tính');
    const rows = await journeys.server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [
      id,
    ]);
    expect((await openCase(journeys.server, rows[0]?.citizen_id ?? '')).errors).toBeUndefined();
    const page = await atTheLane(journeys, 'phone');
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('cordon.officer.stop-list')), { timeout: 20_000 })
      .toContain(id);
    await page.route('**/graphql', (route) => route.abort());
    await handScan(page, pass);
    await shown(page, 'Lò Thị Dương Tính');
    await page.getByRole('heading', { level: 1, name: 'KHÔNG ĐƯỢC QUA' }).waitFor();
    await page.getByText('Người này thuộc diện theo dõi dịch tễ').waitFor();
    await page.getByText('Xét khi mất mạng').waitFor();
    await expectAccessible(page);
    await page.screenshot({ path: process.env['SHOT_STOPPED'] ?? '/dev/null', type: 'png' });
  });

  it('is verified and judged by the rules on the device, and its passage is sent later as recorded offline', async () => {
    const { id, pass } = await travelTogether(journeys.server, 'Lò Thị Xa');
    const rules = [
      aRule({ description: 'Chưa tiêm đủ 2 mũi.', logic: { '>=': [{ var: 'vaccineDoses' }, 2] } }),
      aRule({ description: 'Đi vì việc khác.', logic: { in: [{ var: 'purpose' }, ['MEDICAL']] } }),
    ];
    await saveZone(journeys.server, aZone({ entryRules: rules }));
    const page = await atTheLane(journeys, 'phone');
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('cordon.officer.trust-list')), { timeout: 20_000 })
      .toContain('Chưa tiêm đủ 2 mũi.');
    await page.route('**/graphql', (route) => route.abort());
    await handScan(page, pass);
    await shown(page, 'Lò Thị Xa');
    await page.getByText('Chưa tiêm đủ 2 mũi.').waitFor();
    await page.getByText('Hãy hỏi lại người này. Nếu đúng thì cần xem xét: Đi vì việc khác.').waitFor();
    await page.getByText('Xét khi mất mạng').waitFor();
    await expectAccessible(page);
    await page.screenshot({ path: process.env['SHOT'] ?? '/dev/null', type: 'png' });
    await page.getByRole('button', { name: 'Cho qua' }).click();
    await page.getByText('Chưa gửi 1').waitFor();
    await page.unroute('**/graphql');
    await page.getByText('Chưa gửi 0').waitFor({ timeout: 30_000 });
    await ready(page);
    expect(await storedOf(journeys.server, id)).toHaveLength(1);
    expect(
      await journeys.server.sql('select recorded_offline, evidence from passage where declaration_id = $1', [id]),
    ).toEqual([{ recorded_offline: true, evidence: 'QR_AND_CARD' }]);
  });

  it('that was altered is not taken for a pass', async () => {
    const { pass } = await travelTogether(journeys.server, 'Giàng A Giả');
    const page = await atTheLane(journeys, 'phone');
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('cordon.officer.trust-list')), { timeout: 20_000 })
      .not.toBeNull();
    await page.route('**/graphql', (route) => route.abort());
    const [last] = pass.slice(-1);
    await handScan(page, pass.slice(0, -4) + (pass.slice(-4, -3) === '0' ? '1' : '0') + pass.slice(-3, -1) + last);
    await page.getByText('Máy đang mất mạng và xét theo dữ liệu đã tải').waitFor();
  });
});

it('the rules give the same answers in the browser as on the server, without eval', async () => {
  const entry = fileURLToPath(new URL('../../../api/src/territory/shared/movement-rules/evaluate.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'MovementRules' } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const code = first && 'output' in first ? first.output[0].code : '';
  const page = await journeys.visit('desktop');
  await page.setContent(
    `<meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline'"><script>${code}</script>`,
  );
  const answers = await page.evaluate(({ facts, cases }) => {
    const { isMet } = (globalThis as unknown as { MovementRules: { isMet(logic: unknown, facts: object): unknown } })
      .MovementRules;
    return cases.map(({ logic, given }) => isMet(logic, { ...facts, ...given }));
  }, vectors);
  expect(answers).toEqual(vectors.cases.map(({ met }) => met));
});
