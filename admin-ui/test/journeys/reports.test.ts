import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { eventually, inNavigation, openAt, query, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';
import { pdfText } from './pdf-text.ts';
import { aDayOfEverything, whoTracesToo } from './report-day.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys({ demo: true, config: { roles: new Set(['api', 'worker']) } });
  // The demo's passages are counted by the worker: a day after the other, and journeys last, some checkpoints at a time.
  const counted = async () => {
    const cells = await journeys.server.sql(
      `select from journey_day where province_code = '38' and day = $1 and kind = 'ORIGIN'
         and not exists (select from recount_due where province_code = '38' and day between $1::date - 3 and $1) limit 1`,
      [day(1)],
    );
    if (cells.length === 0) throw new Error('not counted yet');
  };
  await vi.waitFor(counted, { timeout: 100_000, interval: 200 });
});
afterAll(() => journeys.stop());

const dayMs = 86_400_000;
const day = (daysAgo: number) => vietnamDate(new Date(Date.now() - daysAgo * dayMs));
const numberIn = (text: string) => Number(text.replace(/\D/g, ''));
/** How many passages the list says that it finds. */
const listed = async (page: Page) => numberIn(await page.getByRole('status').getByText(/lượt$/).innerText());
/** The same of any list. */
const found = async (page: Page) =>
  numberIn(
    await page
      .getByRole('status')
      .getByText(/(lượt|người|ca bệnh)$/)
      .innerText(),
  );
/** How much wider what a page holds is than the page. */
const wider = (page: Page) => page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth);
const total = (page: Page) => page.locator('tr.total');

describe('movement reports', () => {
  it('are of any period, by what one likes; the address says it all, and each number leads to its list', async () => {
    const page = await openAt(journeys, 'desktop', `/admin/reports?from=${day(6)}&to=${day(1)}`);
    await total(page).waitFor();
    await expectAccessible(page);
    await page.getByRole('img', { name: /Lượt vào và ra theo Ngày/ }).waitFor();
    await page.getByLabel('Đếm theo').selectOption({ label: 'Chốt' });
    await page.getByRole('columnheader', { name: 'Chốt', exact: true }).waitFor();
    await page.getByLabel('và theo').selectOption({ label: 'Kết quả' });
    await eventually(() => query(page)).toMatchObject({ by: 'CHECKPOINT,DECISION', from: day(6), to: day(1) });
    await page.reload();
    await total(page).waitFor();
    await expectAccessible(page);

    const refused = total(page).getByRole('link').nth(3);
    const count = numberIn(await refused.innerText());
    expect(count).toBeGreaterThan(0);
    await refused.click();
    await eventually(() => query(page)).toMatchObject({ decision: 'REFUSED', from: day(6), to: day(1) });
    await eventually(() => listed(page)).toBe(count);
    await page.goBack();
    await total(page).waitFor();
  });

  it('of journeys and hours lead to those alone', async () => {
    const page = await openAt(journeys, 'desktop', `/admin/reports?from=${day(1)}&to=${day(1)}&by=ORIGIN`);
    const first = page.locator('tbody tr:not(.total)').first();
    await first.waitFor();
    const into = first.getByRole('link').first();
    const count = numberIn(await into.innerText());
    await into.click();
    await rows(page).first().waitFor();
    await eventually(() => listed(page)).toBe(count);
    await page.goto(`/admin/reports?from=${day(1)}&to=${day(1)}&by=HOUR`);
    await first.waitFor();
    const inHour = numberIn(await into.innerText());
    await into.click();
    await rows(page).first().waitFor();
    await eventually(() => listed(page)).toBe(inHour);
    await page
      .getByText(/lúc \d+ giờ ngày/)
      .first()
      .waitFor();
    await expectAccessible(page);
  });

  it('lead nowhere where they count nobody', async () => {
    const page = await openAt(journeys, 'desktop', `/admin/reports?from=${day(1)}&to=${day(1)}&direction=IN`);
    const [into, out] = [total(page).locator('td').first(), total(page).locator('td').nth(1)];
    await into.getByRole('link').waitFor();
    expect(await out.innerText()).toBe('0');
    expect(await out.getByRole('link').count()).toBe(0);
  });

  it('are saved as CSV and as a workbook; nothing found says what to do', async () => {
    const page = await openAt(journeys, 'phone', `/admin/reports?from=${day(3)}&to=${day(1)}`);
    await total(page).waitFor();
    expect(await wider(page)).toBe(0);
    await expectAccessible(page);
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const lines = (await readFile(await csv.path(), 'utf8')).split('\r\n').filter(Boolean);
    expect(lines[0]).toBe('\uFEFFNgày,Vào,Ra,Cho qua,Từ chối,Cách ly,Giấy,Mất mạng,Cần xem lại,Người');
    expect(lines.at(-1)).toMatch(/^Cộng,/);
    const [xlsx] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Excel' }).click(),
    ]);
    expect((await readFile(await xlsx.path())).subarray(0, 2).toString()).toBe('PK');
    await page.goto('/admin/reports?from=2020-01-01&to=2020-01-02');
    await page.getByText('Không có lượt nào trong khoảng thời gian').waitFor();
    await expectAccessible(page);
  });
});

describe('the daily report', () => {
  it('tells a day beside the one before; every figure leads to what it counts', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/reports');
    await page.getByRole('link', { name: 'Báo cáo ngày' }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(day(1).split('-').reverse().join('/')) }).waitFor();
    const refused = page.getByRole('list', { name: 'Ra vào trong ngày' }).getByRole('link', { name: /^Từ chối/ });
    await refused.waitFor();
    await expectAccessible(page);
    const count = numberIn((await refused.locator('b').innerText()) ?? '');
    await refused.click();
    await eventually(() => query(page)).toMatchObject({ decision: 'REFUSED', from: day(1), to: day(1) });
    await eventually(() => listed(page)).toBe(count);
    await page.goBack();
    await page.getByRole('button', { name: 'Ngày trước' }).click();
    await eventually(() => query(page)).toMatchObject({ date: day(2) });
    await refused.waitFor();
    await page.getByRole('button', { name: 'Ngày sau' }).click();
    await eventually(() => query(page)).toMatchObject({ date: day(1) });
  });

  it.each([
    ['Hồ sơ và đối chiếu', 5],
    ['Ca bệnh và người tiếp xúc', 5],
  ])('%s: each figure is as many as its list holds', async (part, figures) => {
    const as = await whoTracesToo(journeys.server);
    await aDayOfEverything(journeys.server, day(1));
    const page = await openAt(journeys, 'desktop', `/admin/reports/daily?date=${day(1)}&kept=no`, as);
    const links = page.getByRole('list', { name: part }).getByRole('link');
    await links.first().waitFor();
    expect(await links.count()).toBe(figures);
    for (let at = 0; at < figures; at += 1) {
      const count = numberIn(await links.nth(at).locator('b').innerText());
      expect(count).toBeGreaterThan(0);
      await links.nth(at).click();
      await rows(page).first().waitFor();
      await eventually(() => found(page)).toBe(count);
      await page.goBack();
      await links.first().waitFor();
    }
  });

  it('different people are listed each once, of the day and of a checkpoint', async () => {
    const page = await openAt(journeys, 'desktop', `/admin/reports/daily?date=${day(3)}&kept=no`);
    const ofDay = page.getByRole('list', { name: 'Ra vào trong ngày' }).getByRole('link', { name: /^Người khác nhau/ });
    const atOne = page.getByRole('region', { name: 'Theo chốt' }).locator('tbody tr').first().getByRole('link').last();
    for (const [link, figure] of [
      [ofDay, ofDay.locator('b')],
      [atOne, atOne],
    ] as const) {
      const count = numberIn(await figure.innerText());
      expect(count).toBeGreaterThan(0);
      await link.click();
      await page.getByText('lượt cuối của mỗi người').waitFor();
      await eventually(() => listed(page)).toBe(count);
      await page.goBack();
    }
  });

  it('is fetched as the paper to sign and as a workbook', async () => {
    const page = await openAt(journeys, 'phone', '/admin/reports/daily');
    await page.getByRole('list', { name: 'Ra vào trong ngày' }).waitFor();
    expect(await wider(page)).toBe(0);
    const [before, after] = await Promise.all(
      ['Ngày trước', 'Ngày sau'].map((name) => page.getByRole('button', { name }).boundingBox()),
    );
    expect(after?.y).toBe(before?.y);
    await expectAccessible(page);
    const [pdf] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'PDF để ký' }).click(),
    ]);
    expect(pdf.suggestedFilename()).toBe(`bao-cao-ngay_38_${day(1)}.pdf`);
    expect(pdfText(await readFile(await pdf.path()))).toContain('CÔNG AN TỈNH THANH HÓA');
    const [xlsx] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Excel' }).click(),
    ]);
    expect(xlsx.suggestedFilename()).toMatch(/\.xlsx$/);
  });

  it('that was kept says when its day changed since, and shows both', async () => {
    const { server } = journeys;
    const kept = () => server.sql(`select from daily_report where day = $1 and unit_id = '38@2021'`, [day(2)]);
    await expect.poll(kept, { timeout: 60_000 }).toHaveLength(1);
    const page = await openAt(journeys, 'desktop', `/admin/reports/daily?date=${day(2)}`);
    await page.getByText('lập lúc').waitFor();
    await page.getByText('Mỗi con số mở danh sách như hiện nay').waitFor();
    await server.sql(
      `update daily_report set content = jsonb_set(content, '{byCheckpoint}', '[]') where day = $1 and unit_id = '38@2021'`,
      [day(2)],
    );
    await page.reload();
    await page.getByText('đã thay đổi sau khi lập báo cáo').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Xem số liệu hiện nay' }).click();
    await page.getByText('Đây là số liệu hiện nay').waitFor();
    expect(await page.getByText('Mỗi con số mở danh sách như hiện nay').count()).toBe(0);
    await page.getByRole('button', { name: 'Xem báo cáo đã lập' }).click();
    await page.getByText('đã thay đổi sau khi lập báo cáo').waitFor();
  });

  it('is of no unit that one has no right to', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/reports/daily?unit=01');
    await page.getByText('Không tìm thấy trong phạm vi của bạn.').waitFor();
    const auditor = await openAt(journeys, 'desktop', '/admin/reports', 'auditor.38');
    await auditor.getByRole('heading', { level: 1 }).waitFor();
    expect(await inNavigation(auditor, 'Báo cáo đi lại').count()).toBe(0);
  });
});
