import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { eventually, openAt, panel } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys({ demo: true })));
afterAll(() => journeys.stop());

const open = (size: Size, address: string, username?: string) => openAt(journeys, size, address, username);
const rule = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: `Quy định ${number}`, exact: true }).first();

describe.each<Size>(['phone', 'desktop'])('an administrator at a %s', (size) => {
  it('makes a zone with rules in sentences, tries them on examples, and finds it in the list', async () => {
    const page = await open(size, '/admin/zones');
    await page.getByRole('heading', { level: 1, name: 'Vùng dịch' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tạo vùng dịch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tạo vùng dịch' }).waitFor();
    await page.getByRole('button', { name: 'Lưu…' }).click();
    await page.getByText('Hãy nhập tên vùng.').waitFor();
    await page.getByText('Hãy chọn cấp độ.').waitFor();
    await page.getByText('Hãy chọn ít nhất một nơi.').waitFor();
    await expectAccessible(page);

    await page.getByLabel('Tên vùng').fill(`Vùng Hà Trung ${size}`);
    await page.getByRole('radio', { name: /Cấp 4/ }).check({ force: true });
    const units = page.getByRole('combobox', { name: 'Địa bàn' });
    await units.pressSequentially('ha trung');
    await page.getByRole('option', { name: /^Huyện Hà Trung/ }).click();
    await page.getByRole('listitem').filter({ hasText: 'Huyện Hà Trung' }).waitFor();
    await page.getByLabel('Nơi để hỏi').fill('Trung tâm Y tế huyện Hà Trung');
    await page.getByLabel('Số điện thoại').fill('0237 3836 115');

    const add = page.getByLabel('Thêm quy định (Quy định khi vào)');
    await add.selectOption({ label: 'Xét nghiệm âm tính trong 72 giờ' });
    await rule(page, 1).getByLabel('Số giờ').fill('48');
    await rule(page, 1).getByText('Cần: xét nghiệm âm tính trong 48 giờ').waitFor();
    await rule(page, 1).getByLabel('Thêm điều kiện').selectOption({ label: 'Đã tiêm ít nhất … mũi vắc xin' });
    await rule(page, 1).getByLabel('Cần một trong các điều kiện').check();
    await rule(page, 1).getByLabel('Thêm ngoại lệ').selectOption({ label: 'Trừ khi mục đích đi là …' });
    await rule(page, 1)
      .getByRole('button', { name: /^Mục đích:/ })
      .click();
    await page.getByRole('checkbox', { name: 'Công vụ' }).check();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await rule(page, 1).getByLabel('không cho qua').check();
    await rule(page, 1)
      .getByText(
        'Cần: xét nghiệm âm tính trong 48 giờ, hoặc đã tiêm ít nhất 2 mũi vắc xin, trừ khi mục đích đi là khám chữa bệnh hoặc công vụ',
      )
      .waitFor();
    await expectAccessible(page);

    await page.getByRole('radio', { name: /Người từ vùng cấp 4/ }).check({ force: true });
    await page.getByText('Chưa đạt · Xét nghiệm âm tính trong 48 giờ').waitFor();
    await page.getByText('Sửa người mẫu này').click();
    await page.getByLabel('Số mũi vắc xin').fill('2');
    await eventually(() => page.getByText('Chưa đạt · Xét nghiệm âm tính trong 48 giờ').count()).toBe(0);
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Lưu…' }).click();
    const question = page.getByRole('dialog', { name: 'Lưu và áp dụng?' });
    await question.waitFor();
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Lưu và áp dụng' }).click();
    await panel(page)
      .getByRole('heading', { name: `Vùng Hà Trung ${size}` })
      .waitFor();
    await panel(page).getByText('Đang áp dụng').waitFor();
    await panel(page).getByText('0237 3836 115').waitFor();
    await expectAccessible(page);
  });

  it('loses nothing by leaving without having saved', async () => {
    const page = await open(size, '/admin/zones/form');
    await page.getByLabel('Tên vùng').fill('Vùng viết dở');
    await page.getByRole('link', { name: 'Vùng dịch' }).last().click();
    const question = page.getByRole('dialog', { name: 'Rời trang mà chưa lưu?' });
    await question.getByRole('button', { name: 'Ở lại' }).click();
    expect(await page.getByLabel('Tên vùng').inputValue()).toBe('Vùng viết dở');
    await page.getByRole('button', { name: 'Thôi' }).click();
    await question.getByRole('button', { name: 'Rời trang' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vùng dịch' }).waitFor();
  });
});
