import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAt, panel } from './at-the-desk.ts';
import { atTheLane, handScan, shown, travelTogether } from './at-the-lane.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys()));
afterAll(() => journeys.stop());

/** Presses Tab until the focus is on what is meant, as who has no mouse does; or back, with Shift. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  expect.unreachable(`${key} never came to ${String(target)}`);
}

async function fillZone(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByLabel('Tên vùng'));
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  expect(await page.getByRole('radio', { name: /Cấp 4/ }).isChecked()).toBe(true);
  await tabTo(page, page.getByRole('combobox', { name: 'Địa bàn' }));
  await page.keyboard.type('quang xuong');
  await page.getByRole('option', { name: /^Huyện Quảng Xương/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'Huyện Quảng Xương' }).waitFor();
}

/** A negative test is needed, or nobody passes: arrows and letters go through what can be added, Enter adds. */
async function addRule(page: Page): Promise<void> {
  const rule = (number: number) => page.getByRole('region', { name: `Quy định ${number}`, exact: true }).first();
  await tabTo(page, page.getByRole('button', { name: 'Thêm quy định (Quy định khi vào)' }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.getByRole('menuitem', { name: /^Xét/ }).and(page.locator(':focus')).waitFor();
  expect(await rule(1).count()).toBe(0);
  await page.keyboard.press('Enter');
  await rule(1).getByText('Cần: xét nghiệm âm tính trong 72 giờ.').waitFor();
  await tabTo(page, rule(1).getByLabel('kiểm tra thêm'), 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, rule(1).getByRole('button', { name: 'Thêm điều kiện' }), 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitem').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await rule(2).count()).toBe(0);
}

it('by the keyboard alone an empty list becomes a zone that holds, and the next scan shows its advice', async () => {
  const name = 'Vùng phong tỏa huyện Quảng Xương';
  const held = await travelTogether(journeys.server, 'Lê Văn Tám');
  const page = await openAt(journeys, 'desktop', '/admin/zones');
  await page.getByText('Chưa có vùng dịch nào.').waitFor();
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'Tạo vùng dịch' }).waitFor();
  await fillZone(page, name);
  await addRule(page);
  await tabTo(page, page.getByRole('button', { name: 'Lưu…' }));
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Lưu và áp dụng?' });
  await question.getByText(/Không cho qua [1-9][\d.]* trên [\d.]+ tờ khai/).waitFor();
  await tabTo(page, question.getByRole('button', { name: 'Lưu và áp dụng' }));
  await page.keyboard.press('Enter');
  await panel(page).getByRole('heading', { name }).waitFor();
  await panel(page).getByText('Đang áp dụng').waitFor();
  await expectAccessible(page);

  const officer = await atTheLane(journeys, 'desktop');
  await handScan(officer, held.pass);
  await shown(officer, 'Lê Văn Tám');
  await officer.locator('.band.REFUSE').getByText('Cần: xét nghiệm âm tính trong 72 giờ').waitFor();
}, 120_000);
