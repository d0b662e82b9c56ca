import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inNavigation, openAt, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys({ demo: true, config: { roles: new Set(['api', 'worker']) } });
});
afterAll(() => journeys.stop());
beforeEach(async () => {
  await journeys.server.sql('delete from export_part');
  await journeys.server.sql('delete from export');
});

const files = (page: Page) => page.getByRole('list', { name: 'Các tệp' }).getByRole('listitem');
const linesOf = async (download: Download) =>
  (await readFile(await download.path(), 'utf8')).split('\r\n').filter((line) => line !== '');

/** Orders a file of what a list shows, and goes to where it will be. */
async function order(page: Page, format: 'CSV' | 'Excel (XLSX)'): Promise<void> {
  await rows(page).first().waitFor();
  await page.getByRole('button', { name: 'Xuất ra tệp' }).click();
  const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' });
  await dialog.getByText('Mọi hàng, máy chủ làm').click();
  await dialog.getByText(format, { exact: true }).click();
  await dialog.getByRole('button', { name: 'Yêu cầu tệp' }).click();
  await dialog.getByText('Hãy ghi lý do, từ 5 chữ.').waitFor();
  await dialog.getByLabel('Lý do').fill('báo cáo tuần cho ban chỉ đạo');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Yêu cầu tệp' }).click();
  await dialog.getByText('bạn có thể rời trang này').waitFor();
  await dialog.getByRole('link', { name: 'Xem các tệp đã xuất' }).click();
}
async function download(page: Page): Promise<Download> {
  const button = files(page).first().getByRole('button', { name: 'Tải về' });
  await button.waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return file;
}

describe('all rows of a list as a file', () => {
  it('are ordered under its conditions, made while one does other work, and fetched masked', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/passages?decision=REFUSED&from=2020-01-01');
    const total = Number((await page.getByRole('status').getByText(/lượt$/).innerText()).replace(/\D/g, ''));
    await order(page, 'CSV');
    await page.getByRole('heading', { level: 1, name: 'Tệp đã xuất' }).waitFor();
    await inNavigation(page, 'Chốt kiểm soát').click();
    await rows(page).first().waitFor();
    await inNavigation(page, 'Tệp đã xuất').click();
    const file = await download(page);
    expect(file.suggestedFilename()).toMatch(/^luot-qua-chot_[\d-]+\.csv$/);
    await expectAccessible(page);
    const lines = await linesOf(file);
    expect(lines).toHaveLength(total + 1);
    expect(lines[0]).toMatch(/^\uFEFFLúc,Chốt,Hướng,Người,Giấy tờ/);
    expect(lines.slice(1).every((line) => line.includes('Từ chối'))).toBe(true);
    const [named] = lines.slice(1).filter((line) => /\p{L}+ \p{Lu}\. \p{Lu}\./u.test(line));
    expect(named).toBeDefined();
  });

  it('come as a workbook too, on a phone', async () => {
    const page = await openAt(journeys, 'phone', '/admin/declarations?advice=REFUSE');
    await order(page, 'Excel (XLSX)');
    await files(page).getByText('Khai báo · Excel (XLSX)').waitFor();
    const file = await download(page);
    expect(file.suggestedFilename()).toMatch(/^khai-bao_[\d-]+\.xlsx$/);
    expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
    await expectAccessible(page);
    await files(page).first().getByRole('button', { name: 'Xóa' }).click();
    await page.getByText('Bạn chưa yêu cầu tệp nào.').waitFor();
  });

  it('that could not be made, and that are past their time, say so', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/passages');
    await order(page, 'CSV');
    await files(page).getByRole('button', { name: 'Tải về' }).waitFor();
    await journeys.server.sql(`update export set expires_at = now() - make_interval(mins => 1)`);
    await files(page).getByRole('button', { name: 'Tải về' }).click();
    await page.getByText('Tệp này không còn nữa.').waitFor();
    await files(page).getByText('Đã hết hạn và bị xóa').waitFor();
    await journeys.server.sql(`update export set status = 'FAILED', failure = 'TOO_MANY_ROWS'`);
    await page.reload();
    await files(page).getByText('Hãy thêm điều kiện').waitFor();
    await expectAccessible(page);
  });

  it('are offered to nobody without the right', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/passages', 'auditor.38');
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: 'Xuất ra tệp' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Xuất', exact: true }).waitFor();
    expect(await dialog.getByText('Mọi hàng, máy chủ làm').count()).toBe(0);
    expect(await inNavigation(page, 'Tệp đã xuất').count()).toBe(0);
  });
});
