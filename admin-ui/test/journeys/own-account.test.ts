import type { Page } from 'playwright-core';
import { codeOf, enrolled, nextHalfMinute, wrongCode } from '#test/second-factor-desk.ts';
import { testPassword } from '#test/server.ts';
import { anAccountLike, tryToSignIn } from '#test/sign-in-desk.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys({ config: { secondFactorObligatory: true, trustProxy: true } })));
afterAll(() => journeys.stop());

const own = 'trời hôm nay có mưa';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
const shownSecret = async (page: Page) => (await page.locator('output.secret').innerText()).replace(/\s/g, '');
const shownCodes = (page: Page) => page.locator('.recovery ol li').allInnerTexts();
const codeField = (page: Page) => page.getByLabel('Mã xác thực');

async function signIn(page: Page, address: string, username: string, password = testPassword): Promise<void> {
  await page.goto(address);
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await press(page, 'Đăng nhập');
}

async function signOut(page: Page, size: Size): Promise<void> {
  if (size === 'phone') await press(page, 'Trình đơn');
  await press(page, 'Đăng xuất');
  await page.getByLabel('Tên đăng nhập').waitFor();
}

/** Signed in with a code, on the page of the own account. */
async function openProfile(size: Size) {
  const account = await enrolled(journeys.server, 'admin.38');
  const page = await journeys.visit(size);
  await signIn(page, '/admin/profile', account.username);
  await codeField(page).fill(codeOf(account.secret));
  await press(page, 'Đăng nhập');
  await page.getByRole('heading', { level: 1, name: 'Tài khoản của tôi' }).waitFor();
  await nextHalfMinute(journeys.server, account.id);
  return { page, ...account };
}

describe.each<Size>(['phone', 'desktop'])('a new administrator at a %s', (size) => {
  it('chooses a password, sets up a second factor, keeps the recovery codes, and signs in with a code', async () => {
    const { username, id } = await anAccountLike(journeys.server, 'admin.38', { mustChange: true });
    const page = await journeys.visit(size);
    await signIn(page, '/admin', username);
    await heading(page, 'Đặt mật khẩu của bạn');
    await page.getByLabel('Mật khẩu được cấp').fill(testPassword);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(own);
    await page.getByLabel('Nhập lại mật khẩu mới').fill(own);
    await press(page, 'Lưu mật khẩu');

    await heading(page, 'Bật xác thực hai lớp');
    await expectAccessible(page);
    await page.getByLabel('Mật khẩu hiện tại').fill(own);
    await press(page, 'Tiếp tục');
    await page.getByRole('img', { name: 'Mã QR cho ứng dụng xác thực' }).waitFor();
    await expectAccessible(page);
    const secret = await shownSecret(page);
    await page.getByLabel('Mã ứng dụng đang hiện').fill(wrongCode(secret));
    await press(page, 'Xác nhận và bật');
    await page
      .getByRole('alert')
      .getByText(/^Mã này chưa đúng/)
      .waitFor();
    await page.getByLabel('Mã ứng dụng đang hiện').fill(codeOf(secret));
    await press(page, 'Xác nhận và bật');

    await heading(page, 'Giữ lại mã khôi phục');
    await expectAccessible(page);
    const codes = await shownCodes(page);
    expect(codes).toHaveLength(10);
    await press(page, 'Xong');
    await page.getByText('Hãy cất các mã rồi đánh dấu ô trên.').waitFor();
    await page.getByLabel('Tôi đã cất các mã này').check();
    await press(page, 'Xong');
    await heading(page, 'Tỉnh Thanh Hóa');

    await signOut(page, size);
    await nextHalfMinute(journeys.server, id);
    await signIn(page, '/admin', username, own);
    await codeField(page).waitFor();
    await expectAccessible(page);
    expect(await codeField(page).getAttribute('autocomplete')).toBe('one-time-code');
    expect(await codeField(page).getAttribute('inputmode')).toBe('numeric');
    await codeField(page).fill(wrongCode(secret));
    await press(page, 'Đăng nhập');
    await page
      .getByRole('alert')
      .getByText(/^Mã xác thực chưa đúng/)
      .waitFor();
    await codeField(page).fill(codeOf(secret));
    await press(page, 'Đăng nhập');
    await heading(page, 'Tỉnh Thanh Hóa');

    await signOut(page, size);
    await signIn(page, '/admin', username, own);
    await press(page, 'Không có điện thoại? Dùng mã khôi phục');
    await page.getByLabel('Mã khôi phục').fill(codes[0]?.toUpperCase() ?? '');
    await press(page, 'Đăng nhập');
    await heading(page, 'Tỉnh Thanh Hóa');
  });

  it('finds the own account behind the own name, and ends a session that is not theirs', async () => {
    const { page, username, recoveryCodes } = await openProfile(size);
    await page.goto('/admin');
    if (size === 'phone') await press(page, 'Trình đơn');
    await page.getByRole('link', { name: /Tài khoản của tôi$/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Tài khoản của tôi' }).waitFor();
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';
    for (const totp of recoveryCodes.slice(0, 2))
      await tryToSignIn(journeys.server, username, testPassword, { totp, userAgent: firefox });
    await page.reload();
    const sessions = page.getByRole('region', { name: 'Nơi đang đăng nhập' });
    await sessions.getByText('Firefox, Linux').first().waitFor();
    expect(await sessions.getByRole('listitem').filter({ hasText: 'Thiết bị này' }).count()).toBe(1);
    await expectAccessible(page);
    await sessions.getByRole('button', { name: 'Đăng xuất Firefox, Linux' }).first().click();
    await sessions.getByText('Đã đăng xuất Firefox, Linux.').waitFor();
    // With that one, the session in which the second factor was set up.
    await press(page, 'Đăng xuất mọi thiết bị khác');
    await sessions.getByText('Đã đăng xuất 2 thiết bị khác.').waitFor();
    await sessions.getByText('Không có nơi nào khác đang đăng nhập bằng tài khoản này.').waitFor();
    await page.reload();
    await sessions.getByText('Thiết bị này').waitFor();
  });

  it('makes new recovery codes, and changes the password, on the page of the own account', async () => {
    const { page, secret, recoveryCodes } = await openProfile(size);
    await page.getByText('Còn 10 mã khôi phục.').waitFor();
    expect(await page.getByRole('button', { name: 'Tắt xác thực hai lớp' }).count()).toBe(0);
    await press(page, 'Tạo lại mã khôi phục');
    await page.getByLabel('Mật khẩu hiện tại').fill(testPassword);
    await codeField(page).fill(codeOf(secret));
    await expectAccessible(page);
    await press(page, 'Tạo lại mã khôi phục');
    await heading(page, 'Giữ lại mã khôi phục');
    expect(await shownCodes(page)).not.toEqual(recoveryCodes);
    const [saved] = await Promise.all([page.waitForEvent('download'), press(page, 'Tải về')]);
    expect(saved.suggestedFilename()).toBe('ma-khoi-phuc-cordon.txt');
    await page.getByLabel('Tôi đã cất các mã này').check();
    await press(page, 'Xong');
    await page.getByText('Còn 10 mã khôi phục.').waitFor();

    await press(page, 'Đổi mật khẩu');
    await page.getByLabel('Mật khẩu hiện tại').fill(testPassword);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(own);
    await page.getByLabel('Nhập lại mật khẩu mới').fill(own);
    await expectAccessible(page);
    await press(page, 'Lưu mật khẩu');
    await page.getByText('Đã đổi mật khẩu.').waitFor();
  });

  it('signs in as an officer with a code, and sees in the menu where else that account is signed in', async () => {
    const { username, secret } = await enrolled(journeys.server, 'officer.38');
    const page = await journeys.visit(size);
    await signIn(page, '/officer', username);
    await codeField(page).fill(codeOf(secret));
    await expectAccessible(page);
    await press(page, 'Đăng nhập');
    await page.getByRole('button', { name: /Chốt Dốc Xây/ }).click();
    await page.getByRole('button', { name: 'Cài đặt và tài khoản' }).click();
    await press(page, 'Nơi đang đăng nhập');
    await page.getByRole('listitem').filter({ hasText: 'Thiết bị này' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Đăng xuất Thiết bị không rõ$/ }).click();
    await page.getByText('Đã đăng xuất Thiết bị không rõ.').waitFor();
  });
});

describe('by keyboard alone', () => {
  it('a tracer sets up a second factor and signs in with a code', async () => {
    const { username, id } = await anAccountLike(journeys.server, 'tracer.38');
    const page = await journeys.visit('desktop');
    await page.goto('/admin');
    await page.getByLabel('Tên đăng nhập').waitFor();
    const { keyboard } = page;
    const tabTo = async (name: string) => {
      const wanted = page
        .locator(':focus')
        .and(page.getByLabel(name).or(page.getByRole('button', { name, exact: true })));
      for (let step = 0; step < 40 && (await wanted.count()) === 0; step += 1) await keyboard.press('Tab');
      expect(await wanted.count(), `${name} is reached by Tab`).toBe(1);
    };
    await tabTo('Tên đăng nhập');
    await keyboard.type(username);
    await tabTo('Mật khẩu');
    await keyboard.type(testPassword);
    await keyboard.press('Enter');
    await heading(page, 'Bật xác thực hai lớp');
    await tabTo('Mật khẩu hiện tại');
    await keyboard.type(testPassword);
    await keyboard.press('Enter');
    await heading(page, 'Quét mã bằng ứng dụng xác thực');
    const secret = await shownSecret(page);
    await tabTo('Mã ứng dụng đang hiện');
    await keyboard.type(codeOf(secret));
    await keyboard.press('Enter');
    await heading(page, 'Giữ lại mã khôi phục');
    await tabTo('Tôi đã cất các mã này');
    await keyboard.press('Space');
    await tabTo('Xong');
    await keyboard.press('Enter');
    await heading(page, 'Tỉnh Thanh Hóa');
    await nextHalfMinute(journeys.server, id);
    await tabTo('Đăng xuất');
    await keyboard.press('Enter');
    await page.getByLabel('Tên đăng nhập').waitFor();
    await tabTo('Tên đăng nhập');
    await keyboard.type(username);
    await tabTo('Mật khẩu');
    await keyboard.type(testPassword);
    await keyboard.press('Enter');
    await codeField(page).waitFor();
    // The field has the focus as it appears.
    await keyboard.type(codeOf(secret));
    await keyboard.press('Enter');
    await heading(page, 'Tỉnh Thanh Hóa');
  });
});
