import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, openAt, panel, rows } from './at-the-desk.ts';
import { startJourneys, type Journeys } from './harness.ts';
import { pdfText } from './pdf-text.ts';

// As `npm start` runs it: the worker traces by itself.
let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys({ demo: true, config: { roles: new Set(['api', 'worker']) } });
});
afterAll(() => journeys.stop());

const reason = 'Xét nghiệm dương tính tại trạm y tế';

/** Somebody of the demo whose contacts met others: its first case, closed, so that it can be opened anew. */
async function aPersonToTrace() {
  const asked = { as: 'tracer.38' };
  type Case = { id: string; onsetOn: string; citizen: { fullName: string; idNumber: string } };
  const { data } = await journeys.server.graphql<{ cases: { edges: Array<{ node: Case }> } }>(
    '{ cases { edges { node { id onsetOn citizen { id fullName idNumber } } } } }',
    {},
    asked,
  );
  const found = data.cases.edges[0]?.node;
  if (!found) throw new Error('The demo has no case.');
  const close = `mutation ($id: ID!) { closeCase(id: $id, status: RULED_OUT, reason: "mở lại từ đầu") { id } }`;
  expect((await journeys.server.graphql(close, { id: found.id }, asked)).errors).toBeUndefined();
  const [year, month, day] = found.onsetOn.split('-');
  return { ...found.citizen, onset: `${day}/${month}/${year}` };
}

it('a case on a demo person shows F1 and F2 with reasons in under 5 seconds; one is dismissed, a commune’s list is printed', async () => {
  const { fullName, idNumber, onset } = await aPersonToTrace();
  const page = await openAt(journeys, 'desktop', '/admin/tracing', 'tracer.38');
  await page.getByRole('button', { name: 'Mở ca bệnh' }).first().click();
  await page.getByLabel('Tìm người', { exact: true }).fill(idNumber);
  await page.getByLabel('Vì sao bạn tìm người này').fill(reason);
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  await page.getByRole('button', { name: new RegExp(fullName) }).click();
  await page.getByRole('radio', { name: 'Ca xác định' }).check({ force: true });
  await page.getByLabel('Ngày khởi phát').fill(onset);

  const began = performance.now();
  await page.getByRole('button', { name: 'Mở ca bệnh' }).click();
  const contacts = (generation: string) =>
    rows(page)
      .filter({ has: page.getByText(generation, { exact: true }) })
      .filter({ hasText: /cùng chiều với|cùng xe|cùng địa chỉ/ });
  await contacts('F1').first().waitFor();
  await contacts('F2').first().waitFor();
  expect(performance.now() - began).toBeLessThan(5_000);

  await contacts('F1').first().getByRole('link').click();
  const name = (await panel(page).getByRole('heading', { level: 2 }).textContent()) ?? '';
  await panel(page).getByRole('button', { name: 'Loại', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Loại tiếp xúc này?' });
  await dialog.getByLabel('Lý do').fill('Hai người đi hai làn khác nhau');
  await dialog.getByRole('button', { name: 'Loại', exact: true }).click();
  await page.getByText('Đã loại tiếp xúc.').waitFor();
  await panel(page).getByText('Đã loại', { exact: false }).first().waitFor();

  await page.goto('/admin/follow-ups?list=ALL');
  await eventually(() => rows(page).count()).toBeGreaterThan(5);
  const first = (await rows(page).first().locator('b').first().textContent()) ?? '';
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'In theo xã (PDF)' }).click(),
  ]);
  const text = pdfText(await readFile(await download.path()));
  expect(text).toContain(first);
  expect(text).toMatch(/Thanh Hóa/);
  expect(name).not.toBe('');
});
