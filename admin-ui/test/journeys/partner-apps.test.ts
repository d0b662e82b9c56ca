import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditDesk } from '#test/audit-desk.ts';
import { declared } from '#test/builders.ts';
import { asApp, askForToken, createApp, tokenOf } from '#test/partner-desk.ts';
import { eventually, openAt, openedRow, panel, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
});
afterAll(() => journeys.stop());

it('an app is created by the keyboard, its secret shown once; it asks, gets a new secret, and is revoked', async () => {
  const page = await openAt(journeys, 'desktop', '/admin/partner-apps');
  await page.getByText('Chưa có ứng dụng đối tác nào').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Tạo ứng dụng' }).press('Enter');
  await page.getByLabel('Tên ứng dụng').waitFor();
  await page.locator('form').getByRole('button', { name: 'Tạo ứng dụng' }).press('Enter');
  await page.getByText('Hãy nhập mục đích.').waitFor();
  await page.getByLabel('Tên ứng dụng').fill('Sổ sức khỏe Hoa Sen');
  await page.getByLabel('Mục đích').fill('Nhắc khai lại trước khi hết hạn');
  await page.getByRole('combobox', { name: 'Địa bàn' }).fill('tinh thanh hoa');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Đọc khai báo').press('Space');
  await expectAccessible(page);
  await page.locator('form').getByRole('button', { name: 'Tạo ứng dụng' }).press('Enter');

  const dialog = page.getByRole('dialog');
  const secretShown = async () => (await dialog.locator('output').textContent()) ?? '';
  const secret = await secretShown();
  const id = await dialog.locator('dd').first().innerText();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Đã cất khoá' }).press('Enter');
  const { server } = journeys;
  const token = await tokenOf(server, { id, secret });
  expect((await asApp(server, token, '{ declarations { totalCount } }')).errors).toBeUndefined();
  expect((await asApp(server, token, '{ passages { totalCount } }')).errors).toHaveLength(1);

  await page.reload();
  await panel(page).getByText('Lỗi gần đây').waitFor();
  await panel(page).getByText('Tỉnh Thanh Hóa').waitFor();
  await panel(page).getByText('FORBIDDEN').waitFor();
  expect(await panel(page).locator('table tbody tr').allInnerTexts()).toEqual([expect.stringMatching(/\d+\s+2\s+1$/)]);
  expect(await page.content()).not.toContain(secret);
  await expectAccessible(page);

  // Both secrets live on after a rotation.
  await panel(page).getByRole('button', { name: 'Đổi khoá' }).press('Enter');
  await page
    .getByRole('dialog', { name: /^Đổi khoá của/ })
    .getByRole('button', { name: 'Đổi khoá' })
    .press('Enter');
  await dialog.locator('output').waitFor();
  const second = await secretShown();
  expect(second).not.toBe(secret);
  await dialog.getByRole('button', { name: 'Đã cất khoá' }).press('Enter');
  for (const one of [secret, second]) await tokenOf(server, { id, secret: one });
  await panel(page).getByText('Khoá cũ').first().waitFor();

  await panel(page).getByRole('button', { name: 'Thu hồi' }).press('Enter');
  await page
    .getByRole('dialog', { name: /^Thu hồi/ })
    .getByRole('button', { name: 'Thu hồi' })
    .press('Enter');
  await eventually(() => openedRow(page).innerText()).toContain('Đã thu hồi');
  expect((await asApp(server, token, '{ declarations { totalCount } }')).status).toBe(401);
  expect((await askForToken(server, { id, secret: second })).status).toBe(401);
});

it('why a secret was not changed is told', async () => {
  const { id } = await createApp(journeys.server);
  const page = await openAt(journeys, 'desktop', `/admin/partner-apps?open=${id}`);
  await panel(page).getByRole('button', { name: 'Đổi khoá' }).click();
  await journeys.server.sql('update partner_app set revoked_at = now() where id = $1', [id]);
  await page
    .getByRole('dialog', { name: /^Đổi khoá của/ })
    .getByRole('button', { name: 'Đổi khoá' })
    .click();
  await panel(page).getByRole('alert').getByText('Ứng dụng đã bị thu hồi').waitFor();
});

it('the page of apps fits a phone', async () => {
  const app = await createApp(journeys.server, { name: 'Nhắc hạn Sen Vàng' });
  await asApp(journeys.server, await tokenOf(journeys.server, app), '{ declarations { totalCount } }');
  const page = await openAt(journeys, 'phone', '/admin/partner-apps');
  await rows(page).first().waitFor();
  await expectAccessible(page);
  await rows(page).filter({ hasText: 'Nhắc hạn Sen Vàng' }).getByRole('link').click();
  await page.getByText('Sử dụng 14 ngày qua').waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

it('whose declaration an app read sees its name and purpose on the pass', async () => {
  const { server } = journeys;
  const mine = await declared(server);
  const app = await createApp(server, { name: 'Sổ tay Bình An' });
  await asApp(server, await tokenOf(server, app), `{ declaration(id: "${mine.id}") { id } }`);
  const sealing = await auditDesk(server.ownerUrl);
  await sealing.seal();
  await sealing.stop();
  const page = await journeys.visit('phone');
  await page.goto(`/pass#${mine.secret}`);
  await page.getByText('Ai đã xem').first().click();
  await page.getByText('Sổ tay Bình An').waitFor();
  await page.getByText('Nhắc người dân khai lại trước khi hết hạn').waitFor();
  await expectAccessible(page);
});
