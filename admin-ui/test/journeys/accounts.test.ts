import { writeXlsx } from 'hucre/xlsx';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { created } from '#test/account-desk.ts';
import { testPassword } from '#test/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';
import { pdfText } from './pdf-text.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys()));
afterAll(() => journeys.stop());

const eventually = <Value>(get: () => Value | Promise<Value>) => expect.poll(get, { timeout: 10_000 });
const rows = (page: Page) => page.locator('tbody tr');
const panel = (page: Page) => page.getByRole('complementary', { name: 'Chi tiết' });
const isActive = async (username: string): Promise<unknown> =>
  (await journeys.server.sql<{ active: boolean }>('select active from account where username = $1', [username]))[0]
    ?.active;

async function open(size: Size, address: string, script: () => void = () => undefined): Promise<Page> {
  const page = await journeys.visit(size);
  await page.addInitScript(script);
  await page.goto(address);
  await page.getByLabel('Tên đăng nhập').fill('admin.38');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(testPassword);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  return page;
}
const anOfficer = (size: Size, name: string, fullName: string) =>
  created(journeys.server, {
    username: `${name}.${size}`,
    fullName,
    checkpointIds: [journeys.server.checkpoints.docXay],
  });
const textOf = async (download: Download) => pdfText(await readFile(await download.path()));

describe.each<Size>(['phone', 'desktop'])('an administrator at a %s', (size) => {
  it('changes an account, and reads what a role is and what the account can see', async () => {
    const { username } = await anOfficer(size, 'sua', 'Lê Thị Sửa');
    const page = await open(size, `/admin/accounts?open=${username}`);
    await panel(page).getByRole('heading', { name: 'Lê Thị Sửa' }).waitFor();
    await panel(page).getByRole('button', { name: 'Tài khoản này thấy và làm được gì?' }).click();
    await panel(page).getByText('Quét mã và giấy tờ tại Chốt Dốc Xây; họ tên và số giấy tờ hiện đầy đủ.').waitFor();
    await panel(page).getByText('Tạo tài khoản: không được.').waitFor();
    await expectAccessible(page);

    await panel(page).getByRole('button', { name: 'Sửa tài khoản' }).click();
    await panel(page).getByText('Xem số liệu, báo cáo và danh sách đã che; xuất ra tệp.').waitFor();
    await panel(page).getByLabel('Họ tên').fill('Lê Thị Đã Sửa');
    await panel(page).getByRole('checkbox', { name: 'Phân tích' }).check();
    await panel(page).getByRole('checkbox', { name: 'Quản trị' }).check();
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByText('Chỉ cấp quyền quản trị cho đơn vị cấp dưới').waitFor();
    await panel(page).getByRole('checkbox', { name: 'Quản trị' }).uncheck();
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByRole('heading', { name: 'Lê Thị Đã Sửa' }).waitFor();
    await panel(page).getByText('Phân tích, Cán bộ chốt').waitFor();
  });

  it('is told where somebody else changed the account meanwhile', async () => {
    const { username } = await anOfficer(size, 'cung', 'Lê Thị Cùng');
    const page = await open(size, `/admin/accounts?open=${username}`);
    await panel(page).getByRole('button', { name: 'Sửa tài khoản' }).click();
    await journeys.server.sql('update account set version = version + 1 where username = $1', [username]);
    await panel(page).getByLabel('Họ tên').fill('Lê Thị Khác');
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByText('Có người vừa thay đổi tài khoản này.').waitFor();
  });

  it('suspends with a way back, and resets a password that is shown once', async () => {
    const { username } = await anOfficer(size, 'ngung', 'Lê Văn Ngừng');
    const page = await open(size, `/admin/accounts?open=${username}`);
    await panel(page).getByRole('button', { name: 'Tạm ngừng' }).click();
    await page.getByText('Đã tạm ngừng Lê Văn Ngừng.').waitFor();
    await eventually(() => isActive(username)).toBe(false);
    await panel(page).getByText('Tạm ngừng', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await eventually(() => isActive(username)).toBe(true);
    await panel(page).getByRole('button', { name: 'Tạm ngừng' }).waitFor();

    await panel(page).getByRole('button', { name: 'Cấp lại mật khẩu' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cấp lại mật khẩu' }).click();
    const slip = page.getByRole('dialog', { name: 'Mật khẩu mới của Lê Văn Ngừng' });
    const password = await slip.getByLabel('Mật khẩu dùng một lần').innerText();
    expect(password.replace(/\s/g, '')).toMatch(/^[a-z2-9]{16}$/);
    await expectAccessible(page);
    await slip.getByRole('button', { name: 'Tôi đã ghi lại' }).click();
    expect(await page.content()).not.toContain(password);
  });

  it('finds no way to the own account, nor to an equal', async () => {
    const page = await open(size, '/admin/accounts?open=admin.38');
    await panel(page).getByText('Đây là tài khoản của bạn; người khác mới sửa được.').waitFor();
    expect(await panel(page).getByRole('button', { name: 'Tạm ngừng' }).count()).toBe(0);
  });

  it('takes a spreadsheet in, mends what is wrong, and prints slips', async () => {
    const page = await open(size, '/admin/accounts');
    await page.getByRole('link', { name: 'Từ bảng tính' }).click();
    await page.getByRole('heading', { name: 'Tạo tài khoản từ bảng tính' }).waitFor();
    await expectAccessible(page);
    const people = [
      ['Họ và tên', 'Tên đăng nhập', 'Vai trò', 'Đơn vị', 'Chốt'],
      ['Nguyễn Thị Hường', `huong.${size}`, '', '', 'DX'],
      ['Đặng Ngọc Ưởng', '', '', '14758', 'HR'],
      ['Phạm Bữu Kỵ', `ky.${size}`, '', 'Sao Hỏa', ''],
    ];
    const buffer = Buffer.from(await writeXlsx({ sheets: [{ name: 'Cán bộ', rows: people }] }));
    await page.locator('input[type=file]').setInputFiles({ name: 'can-bo.xlsx', mimeType: 'application/x', buffer });
    await page.getByText('1 dòng cần sửa').waitFor();
    await page.getByText('2 dòng sẵn sàng').waitFor();
    await page.getByText('Không có đơn vị nào mang mã hoặc tên này').waitFor();
    await expectAccessible(page);

    await page.getByLabel('Dòng 4, Đơn vị').fill('Thành phố Thanh Hóa');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Kiểm tra lại 1 dòng đã sửa' }).click();
    await page.getByText('3 dòng sẵn sàng').waitFor();
    await page.getByRole('button', { name: 'Tạo 3 tài khoản' }).click();
    await page.getByText('3 tài khoản đã tạo').waitFor();
    await expectAccessible(page);
    // Another list meanwhile, and back: the passwords are still there.
    await page.getByRole('link', { name: 'Tài khoản' }).last().click();
    await rows(page).filter({ hasText: 'Nguyễn Thị Hường' }).first().waitFor();
    await page.goBack();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải 3 phiếu (PDF)' }).click(),
    ]);
    const text = await textOf(download);
    for (const name of ['Nguyễn Thị Hường', 'Đặng Ngọc Ưởng', 'Phạm Bữu Kỵ', `ky.${size}`, '/officer'])
      expect(text).toContain(name);
    const passwords = text.match(/\b[a-z2-9]{16}\b/g) ?? [];
    expect(new Set(passwords).size).toBe(3);
    const own = new RegExp(`huong\\.${size}.*?\\b([a-z2-9]{16})\\b`).exec(text)?.[1] ?? '';
    await expect(journeys.server.signIn(`huong.${size}`, own)).resolves.toContain('cordon_session=');
  });
});

it('a part whose answer got lost is sent again: everybody is created once, and has a password', async () => {
  // In the page: nobody outside is told what so large a request holds.
  const page = await open('desktop', '/admin/accounts/import', () => {
    const send = window.fetch;
    let parts = 0;
    window.fetch = async (address, options) => {
      const answer = await send(address, options);
      const isPart = typeof options?.body === 'string' && options.body.includes('CreateAccounts');
      if (isPart && (parts += 1) === 2) throw new TypeError('Failed to fetch');
      return answer;
    };
  });
  const lines = Array.from({ length: 300 }, (_, at) => `Hồ Văn Đông ${at},dong.${at},,,DX`);
  const buffer = Buffer.from(['Họ tên,Tên đăng nhập,Vai trò,Đơn vị,Chốt', ...lines].join('\n'));
  await page.locator('input[type=file]').setInputFiles({ name: 'dong.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Tạo 300 tài khoản' }).click();
  await page.getByText('300 tài khoản đã tạo').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tải 300 phiếu (PDF)' }).click(),
  ]);
  const text = await textOf(download);
  expect(new Set(text.match(/\b[a-z2-9]{16}\b/g)).size).toBe(300);
  const found = await journeys.server.sql(`select id from account where username like 'dong.%'`);
  expect(found).toHaveLength(300);
  const own = /dong\.299\b.*?\b([a-z2-9]{16})\b/.exec(text)?.[1] ?? '';
  await expect(journeys.server.signIn('dong.299', own)).resolves.toContain('cordon_session=');
});

describe('the keyboard alone', () => {
  it('ticks accounts, suspends them together, takes it back, and resets them onto slips', async () => {
    await Promise.all([
      anOfficer('desktop', 'phim-a', 'Vũ Phím Một'),
      anOfficer('desktop', 'phim-b', 'Vũ Phím Hai'),
      anOfficer('desktop', 'phim-c', 'Vũ Phím Ba'),
    ]);
    const page = await open('desktop', '/admin/accounts?q=phim');
    await rows(page).nth(2).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('2 hàng đã đánh dấu').waitFor();
    await expectAccessible(page);
    await tabTo(page, 'Tạm ngừng');
    await page.keyboard.press('Enter');
    await page.getByText('Đã tạm ngừng 2 tài khoản.').waitFor();
    expect(await isActive('phim-a.desktop')).toBe(false);
    expect(await isActive('phim-c.desktop')).toBe(true);
    await page.keyboard.press('u');
    await eventually(() => isActive('phim-a.desktop')).toBe(true);

    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('k');
    await page.keyboard.press('x');
    await tabTo(page, 'Cấp lại mật khẩu');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Cấp lại mật khẩu');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Mật khẩu mới cho 2 người' });
    await dialog.waitFor();
    await expectAccessible(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(await textOf(download)).toContain('Vũ Phím');
    await tabTo(page, 'Đóng');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  });
});

/** Goes on by Tab until the focus is on a button with that name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused()) === name) return;
  }
  throw new Error(`Tab never came to ${name}`);
}
