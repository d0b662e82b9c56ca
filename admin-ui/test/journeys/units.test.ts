import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { ReformDraft, bringTo, reformDay } from '#test/reform-desk.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openAt, panel, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

// Of Quảng Xương, Thanh Hóa: 16438 takes in 16447 whole; 16453 is split between 16438 and 16456.
const draft = () => new ReformDraft().withoutDistricts('38').merge('16438', '16447').split('16453', '16438', '16456');

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
  for (const [username, name] of [
    ['split.one', 'Ngô Thị Một'],
    ['split.two', 'Ngô Thị Hai'],
    ['split.three', 'Ngô Thị Ba'],
  ])
    await journeys.server.sql(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       select $1, $2, $3, password_hash, false, '{AUDITOR}', '16453@2021', '38', true, false, now() from account where username = 'admin.38'`,
      [newUuid7(), username, name],
    );
  await bringTo(journeys.server, draft());
});
afterAll(() => journeys.stop());

const items = (page: Page, level: number) => page.locator(`[role=treeitem][aria-level="${level}"]`);
const focused = (page: Page) => page.locator('[role=treeitem]:focus');
const unitOf = async (username: string) =>
  (await journeys.server.sql<{ unit_id: string }>('select unit_id from account where username = $1', [username]))[0]
    ?.unit_id;

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${selector}.`);
}

describe('the units as a tree', () => {
  it('are walked by keyboard alone: to a province by its letters, into it, to a panel and back', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/units');
    await items(page, 1).first().waitFor();
    await expectAccessible(page);
    await tabTo(page, '[role=treeitem]');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.type('thanh');
    await eventually(() => focused(page).innerText()).toBe('Tỉnh Thanh Hóa');
    await page.keyboard.press('ArrowRight');
    await items(page, 2).first().waitFor();
    await page.keyboard.press('ArrowRight');
    await eventually(() => focused(page).getAttribute('aria-level')).toBe('2');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => focused(page).innerText()).toBe('Tỉnh Thanh Hóa');
    await page.keyboard.type('thi tran tan phong');
    await eventually(() => focused(page).innerText()).toBe('Thị trấn Tân Phong');
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: 'Thị trấn Tân Phong' }).waitFor();
    await panel(page).getByText('1 chốt', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await eventually(() => focused(page).innerText()).toBe('Thị trấn Tân Phong');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => items(page, 2).count()).toBe(0);
  }, 90_000);

  it('keep a row for the keyboard once a panel is closed whose unit is none of them', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/units?open=16453%402021');
    await panel(page).getByRole('heading', { name: 'Xã Quảng Đức' }).waitFor();
    await items(page, 1).first().waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => focused(page).count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.locator('[role=treeitem][tabindex="0"]').count()).toBe(1);
  });

  it('stand as they were on a day before the reform', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/units?open=16453%402021&at=2025-06-30');
    await panel(page).getByRole('heading', { name: 'Xã Quảng Đức' }).waitFor();
    await page.getByText('Theo ngày 30/06/2025.').waitFor();
    await page.getByRole('treeitem', { name: 'Huyện Quảng Xương', expanded: true }).waitFor();
    await page.getByRole('treeitem', { name: 'Xã Quảng Đức', selected: true }).waitFor();
    await page.getByLabel('Xem theo ngày').fill('01/07/2025');
    await page.getByRole('button', { name: 'Xem', exact: true }).click();
    await page.getByText('Theo ngày 01/07/2025.').waitFor();
    await page.getByRole('button', { name: 'Về hôm nay' }).click();
    await eventually(() => new URL(page.url()).search).toBe('');
  }, 60_000);
});

describe.each<Size>(['phone', 'desktop'])('at a %s a unit', (size) => {
  it('is found by what it was called, and tells what it became and what that was', async () => {
    const page = await openAt(journeys, size, '/admin/units');
    await page.getByRole('searchbox').fill('quang duc quang xuong');
    await page.getByText('đến 30/06/2025').waitFor();
    await page.getByText('nay thuộc: Thị trấn Tân Phong, Xã Quảng Định').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Xã Quảng Đức/ }).click();
    await panel(page).getByText('Không còn', { exact: true }).waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('link', { name: 'Thị trấn Tân Phong, Thanh Hóa' }).click();
    await panel(page).getByText('Đang có', { exact: true }).waitFor();
    for (const before of ['Thị trấn Tân Phong', 'Xã Quảng Trạch', 'Xã Quảng Đức'])
      await panel(page)
        .getByRole('link', { name: `${before}, Quảng Xương, Thanh Hóa` })
        .waitFor();
    await panel(page).getByRole('link', { name: 'Xem tài khoản' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tài khoản' }).waitFor();
  }, 60_000);
});

describe('what waits at a split unit', () => {
  it('is decided one by one, with a reason, at a phone', async () => {
    const page = await openAt(journeys, 'phone', '/admin/units');
    await page.getByRole('link', { name: '4 mục chờ quyết định' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chờ quyết định sau sắp xếp' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Ngô Thị Một/ }).click();
    await panel(page).getByRole('button', { name: 'Chuyển', exact: true }).click();
    await panel(page).getByText('Hãy chọn một đơn vị.').waitFor();
    await panel(page).getByText('Hãy ghi lý do, từ 5 chữ.').waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('radio', { name: 'Xã Quảng Định, Thanh Hóa' }).check();
    await panel(page).getByLabel('Lý do').fill('Nhà ở xã Quảng Định');
    await panel(page).getByRole('button', { name: 'Chuyển', exact: true }).click();
    await page.getByText('Đã chuyển 1 mục.').waitFor();
    await expectAccessible(page);
    expect(await unitOf('split.one')).toBe(`16456@${reformDay}`);
    const [entry] = await journeys.server.sql<{ reason: string }>(
      `select reason from audit_entry where action = 'account.update' order by at desc limit 1`,
    );
    expect(entry?.reason).toBe('Nhà ở xã Quảng Định');
  }, 60_000);

  it('is decided for many at once by keyboard alone; what is refused stays, and says why', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/units/unsettled');
    await eventually(() => rows(page).count()).toBe(3);
    await tabTo(page, 'tbody a.row-link');
    for (const name of ['split.two', 'split.three']) {
      while (!(await page.locator('tbody tr:has(a.row-link:focus)').innerText()).includes(name))
        await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.keyboard.press('k');
      await page.keyboard.press('k');
    }
    await page.getByText('2 hàng đã đánh dấu').waitFor();
    await tabTo(page, '.selection button');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Chuyển 2 mục?' });
    await dialog.waitFor();
    await expectAccessible(page);
    await tabTo(page, 'dialog input[type=radio]');
    await page.keyboard.press('Space');
    await tabTo(page, 'dialog input[type=text]');
    await page.keyboard.type('Theo nghị quyết sắp xếp');
    await journeys.server.sql(
      `update account set active = true, unit_id = '16456@${reformDay}' where username = 'split.three'`,
    );
    await tabTo(page, 'dialog button.main');
    await page.keyboard.press('Enter');
    await page.getByText('Đã chuyển 1 mục.').waitFor();
    await page.getByText(/Ngô Thị Ba: Không chờ quyết định/).waitFor();
    await expectAccessible(page);
    await eventually(() => rows(page).count()).toBe(1);
    expect(await unitOf('split.two')).toMatch(new RegExp(`@${reformDay}$`));
  }, 90_000);
});
