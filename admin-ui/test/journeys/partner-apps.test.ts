import { afterAll, beforeAll, expect, it } from 'vitest';
import { asApp, tokenOf } from '#test/partner-desk.ts';
import { eventually, openAt, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys()));
afterAll(() => journeys.stop());

it('an app is created by the keyboard, its secret shown once; it asks, gets a new secret, and is revoked', async () => {
  const page = await openAt(journeys, 'desktop', '/admin/partner-apps');
  await page.getByText('Chưa có ứng dụng đối tác nào').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Tạo ứng dụng' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Tên ứng dụng').waitFor();
  await page.locator('form').getByRole('button', { name: 'Tạo ứng dụng' }).press('Enter');
  await page.getByText('Hãy nhập mục đích.').waitFor();
  await page.getByLabel('Tên ứng dụng').fill('Sổ sức khỏe Hoa Sen');
  await page.getByLabel('Mục đích').fill('Nhắc khai lại trước khi hết hạn');
  await page.getByLabel('Địa bàn').fill('tinh thanh hoa');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('Đọc khai báo').focus();
  await page.keyboard.press('Space');
  await expectAccessible(page);
  await page.locator('form').getByRole('button', { name: 'Tạo ứng dụng' }).press('Enter');

  const dialog = page.getByRole('dialog');
  const secret = (await dialog.locator('output').textContent()) ?? '';
  const id = await dialog.locator('dd').first().innerText();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Đã cất khoá' }).press('Enter');
  const { server } = journeys;
  const token = await tokenOf(server, { id, secret });
  expect((await asApp(server, token, '{ declarations { totalCount } }')).errors).toBeUndefined();
  expect((await asApp(server, token, '{ passages { totalCount } }')).errors).toHaveLength(1);

  await page.reload();
  const panel = page.getByRole('complementary');
  await panel.getByText('Lỗi gần đây').waitFor();
  await panel.getByText('FORBIDDEN').waitFor();
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Đổi khoá' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Đổi khoá' }).click();
  const second = (await dialog.locator('output').textContent()) ?? '';
  expect(second).not.toBe(secret);
  await dialog.getByRole('button', { name: 'Đã cất khoá' }).click();
  await tokenOf(server, { id, secret });

  await panel.getByRole('button', { name: 'Thu hồi' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Thu hồi' }).click();
  await eventually(() => rows(page).first().innerText()).toContain('Đã thu hồi');
  expect((await asApp(server, token, '{ declarations { totalCount } }')).status).toBe(401);
});

it('the page of apps works on a phone', async () => {
  const page = await openAt(journeys, 'phone', '/admin/partner-apps');
  await rows(page).first().click();
  await page.getByText('Sử dụng 14 ngày qua').waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
