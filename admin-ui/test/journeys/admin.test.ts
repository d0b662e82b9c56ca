import type { Page } from 'playwright-core';
import { testPassword } from '#test/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, inNavigation, openAt, openedRow, panel, query, rows, signIn } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys({ demo: true })));
afterAll(() => journeys.stop());

/** Signed in as the province's administrator, at the address they asked for. */
const open = (size: Size, address: string, username?: string) => openAt(journeys, size, address, username);

/** Goes to a page as this size does: from the list at the left, on a phone from the menu. */
async function goTo(page: Page, size: Size, name: string): Promise<void> {
  if (size === 'phone') await page.getByRole('button', { name: 'Trình đơn' }).click();
  await inNavigation(page, name).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function addCondition(page: Page, kind: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Thêm điều kiện' }).click();
  await page.getByRole('button', { name: kind, exact: true }).click();
  await page.getByRole('button', { name: choice, exact: true }).click();
}

const aCheckpoint = (size: Size) => ({ name: `Chốt Đò Lèn ${size}`, code: `TH-${size}` });

describe.each<Size>(['phone', 'desktop'])('an administrator at a %s', (size) => {
  it('signs in on an accessible page, and sees who and what they are there for', async () => {
    const page = await journeys.visit(size);
    await page.goto('/admin');
    await page.getByLabel('Tên đăng nhập').waitFor();
    await expectAccessible(page);
    await signIn(page, 'admin.38', 'not the password');
    await page.getByRole('alert').getByText(/./).first().waitFor();
    await expectAccessible(page);
    await signIn(page, 'admin.38', testPassword);
    await page.getByRole('heading', { name: 'Tỉnh Thanh Hóa' }).waitFor();
    await page.getByRole('link', { name: /^Khai báo [\d.]+$/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Chốt kiểm soát \d+$/ }).waitFor();
  });

  it('filters passages in words, and a reload keeps the filter and the opened row', async () => {
    const page = await open(size, '/admin/passages');
    await rows(page).first().waitFor();
    await expectAccessible(page);
    await addCondition(page, 'Kết quả', 'Từ chối');
    await addCondition(page, 'Hướng', 'Vào');
    await page.getByRole('button', { name: 'Từ chối: đổi điều kiện' }).waitFor();
    await eventually(() => query(page)).toEqual({ decision: 'REFUSED', direction: 'IN' });
    await page
      .getByRole('status')
      .getByText(/^\d+ lượt$/)
      .waitFor();
    expect(await rows(page).filter({ hasText: 'Cho qua' }).count()).toBe(0);

    await rows(page).nth(1).click();
    await panel(page).getByText('Từ chối · hướng vào').waitFor();
    const person = await panel(page).getByRole('heading', { level: 2 }).innerText();
    expect(person).toMatch(/^\S+( \S\.)+$/u);
    await expectAccessible(page);
    await page.reload();
    await panel(page).getByRole('heading', { level: 2, name: person }).waitFor();
    expect(query(page)).toMatchObject({ decision: 'REFUSED', direction: 'IN' });

    await panel(page).getByRole('button', { name: 'Đóng' }).click();
    await page.getByRole('button', { name: 'Bỏ điều kiện: hướng vào' }).click();
    await eventually(() => query(page)).toEqual({ decision: 'REFUSED' });
  });

  it('is told what to do where nothing meets the conditions', async () => {
    const page = await open(size, '/admin/passages?from=2030-01-01');
    await page.getByText('Bỏ bớt một điều kiện để thấy nhiều hơn.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bỏ mọi điều kiện' }).click();
    await rows(page).first().waitFor();
    expect(query(page)).toEqual({});
  });

  it('opens a declaration by its spoken code, and from it the passage that was made with it', async () => {
    const page = await open(size, '/admin/declarations?passed=yes');
    await rows(page).first().click();
    const code = (
      await panel(page)
        .getByText(/^Mã 38/)
        .innerText()
    ).slice(3);
    await page.goto('/admin/declarations');
    await page.getByRole('searchbox').fill('38A AAA AAA');
    await page.getByRole('searchbox').press('Enter');
    await page.getByText('Mã này chưa đúng.').waitFor();
    await page.getByRole('searchbox').fill(code.toLowerCase());
    await page.getByRole('searchbox').press('Enter');
    await panel(page).getByText(`Mã ${code}`).waitFor();
    await panel(page).getByRole('heading', { name: 'Diễn biến' }).waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('listitem').getByRole('link').last().click();
    await panel(page).getByRole('link', { name: 'Xem tờ khai' }).click();
    await panel(page).getByText(`Mã ${code}`).waitFor();
  });

  it('goes down a list page by page, and a reload comes back as far down', async () => {
    const page = await open(size, '/admin/declarations');
    await eventually(() => rows(page).count()).toBe(50);
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await eventually(() => rows(page).count()).toBe(100);
    await page.reload();
    await eventually(() => rows(page).count()).toBe(100);
    expect(query(page)).toEqual({ pages: '2' });
  });

  it('creates a checkpoint, with each problem beside its field', async () => {
    const { name, code } = aCheckpoint(size);
    const page = await open(size, '/admin');
    await page.getByRole('heading', { name: 'Tỉnh Thanh Hóa' }).waitFor();
    await goTo(page, size, 'Chốt kiểm soát');
    await rows(page).first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tạo chốt' }).click();
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByText('Hãy nhập tên chốt.').waitFor();
    await expectAccessible(page);
    await panel(page).getByLabel('Tên chốt').fill(name);
    await panel(page).getByLabel('Mã chốt').fill('TH-01');
    await panel(page).getByRole('combobox', { name: 'Đơn vị hành chính' }).pressSequentially('ha trung');
    await panel(page)
      .getByRole('option', { name: /^Huyện Hà Trung/ })
      .click();
    await panel(page).getByLabel('Tọa độ').fill('20.0, 105.87');
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByText('Mã này đã có chốt khác trong tỉnh dùng.').waitFor();
    await panel(page).getByLabel('Mã chốt').fill(code);
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByRole('heading', { name }).waitFor();
    await expectAccessible(page);

    await panel(page).getByRole('button', { name: 'Sửa chốt' }).click();
    await panel(page).getByLabel('Tọa độ').waitFor();
    expect(await panel(page).getByLabel('Tọa độ').inputValue()).toBe('20, 105.87');
    await panel(page).getByRole('button', { name: 'Thôi' }).click();
    await panel(page).getByRole('heading', { name }).waitFor();
  });

  it("creates an officer's account there, whose password is shown once and works", async () => {
    const { name } = aCheckpoint(size);
    const username = `lan.${size}`;
    const page = await open(size, '/admin/accounts');
    await rows(page).first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await panel(page).getByLabel('Họ tên').fill('Lê Thị Lan');
    await panel(page).getByLabel('Tên đăng nhập').fill('officer.38');
    await panel(page).getByRole('checkbox', { name }).check();
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Tạo tài khoản' }).click();
    await panel(page).getByText('Đã có người dùng tên đăng nhập này.').waitFor();
    await panel(page).getByLabel('Tên đăng nhập').fill(username);
    await panel(page).getByRole('button', { name: 'Tạo tài khoản' }).click();
    const slip = page.getByRole('dialog');
    await slip.getByText('Mật khẩu này chỉ hiện một lần').waitFor();
    const password = await slip.getByLabel('Mật khẩu dùng một lần').innerText();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await slip.getByRole('button', { name: 'Tôi đã ghi lại' }).click();
    await panel(page).getByRole('heading', { name: 'Lê Thị Lan' }).waitFor();
    await panel(page).getByRole('link', { name }).waitFor();
    expect(await page.content()).not.toContain(password);
    await officerSignsIn(size, username, password, name);
  });

  it('works on by the address after the session ended', async () => {
    const page = await open(size, '/admin/accounts?role=OFFICER');
    await rows(page).first().waitFor();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Bỏ điều kiện: Cán bộ chốt' }).click();
    await signIn(page, 'admin.38', testPassword);
    await rows(page).filter({ hasText: 'analyst.38' }).waitFor();
  });
});

/** At the officer's page: a password of one's own first, then the checkpoint that was assigned. */
async function officerSignsIn(size: Size, username: string, password: string, checkpoint: string): Promise<void> {
  const page = await journeys.visit(size);
  await page.goto('/officer');
  await signIn(page, username, password);
  await page.getByLabel('Mật khẩu được cấp').fill(password);
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill('con meo ngu tren mai');
  await page.getByLabel('Nhập lại mật khẩu mới').fill('con meo ngu tren mai');
  await page.getByRole('button', { name: 'Lưu mật khẩu' }).click();
  await page.getByText(checkpoint).first().waitFor();
}

describe('the keyboard alone', () => {
  it('walks the rows, opens and closes the panel, searches, filters, and shows its keys', async () => {
    const page = await open('desktop', '/admin/checkpoints');
    await rows(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const second = await rows(page).nth(1).locator('b').innerText();
    await panel(page).getByRole('heading', { name: second }).waitFor();
    expect(await panel(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('j');
    const third = await rows(page).nth(2).locator('b').innerText();
    await panel(page).getByRole('heading', { name: third }).waitFor();
    expect(await openedRow(page).count()).toBe(1);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(
      await rows(page)
        .nth(2)
        .evaluate((row) => row.contains(document.activeElement)),
    ).toBe(true);

    await page.keyboard.press('/');
    await page.keyboard.type('ga thanh hoa');
    await eventually(() => rows(page).count()).toBe(1);
    expect(query(page)).toEqual({ q: 'ga thanh hoa' });
    await page.keyboard.press('Escape');
    await eventually(() => rows(page).count()).toBeGreaterThan(11);

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await panel(page).getByRole('heading', { name: 'Tạo chốt' }).waitFor();
  });

  it('leaves single letters alone once they are switched off', async () => {
    const page = await open('desktop', '/admin/checkpoints');
    await rows(page).first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: 'Dùng phím tắt một chữ' }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await panel(page).count()).toBe(0);
  });
});

describe('a passage that was corrected', () => {
  it('stays, and leads to its correction, which leads back', async () => {
    const [correction] = await journeys.server.sql<{ id: string; corrects: string }>(
      'select id, corrects from passage where corrects is not null limit 1',
    );
    const page = await open('desktop', `/admin/passages?open=${correction?.corrects}`);
    await panel(page).getByRole('link', { name: 'Đã được sửa bằng lượt này' }).click();
    await panel(page).getByRole('link', { name: 'Sửa lượt này' }).waitFor();
    expect(query(page)).toEqual({ superseded: 'yes', open: correction?.id });
    await expectAccessible(page);
    await panel(page).getByRole('link', { name: 'Sửa lượt này' }).click();
    await panel(page).getByRole('link', { name: 'Đã được sửa bằng lượt này' }).waitFor();
  });
});

describe('who may do less', () => {
  it('sees only what works for them: an analyst has no accounts and makes no checkpoint', async () => {
    const page = await open('desktop', '/admin/checkpoints', 'analyst.38');
    await rows(page).first().waitFor();
    expect(await inNavigation(page, 'Tài khoản').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Tạo chốt' }).count()).toBe(0);
    await page.goto('/admin/accounts');
    await page.getByRole('heading', { name: 'Trang này không dành cho tài khoản của bạn' }).waitFor();
    await expectAccessible(page);
  });

  it('reads English one press away, in all three themes', async () => {
    const page = await open('desktop', '/admin/passages?decision=REFUSED');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Passages' }).waitFor();
    for (const theme of ['dark', 'sunlight']) {
      await page.getByRole('button', { name: /^Theme/ }).click();
      await page.locator(`html[data-theme=${theme}]`).waitFor();
      await rows(page).first().click();
      await page.getByRole('complementary', { name: 'Details' }).getByRole('heading', { level: 2 }).waitFor();
      await expectAccessible(page);
    }
  });
});
