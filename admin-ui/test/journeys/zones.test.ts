import { aRule, aZone, saveZone } from '#test/zones.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openAt, panel } from './at-the-desk.ts';
import { atTheLane, handScan, shown, travelTogether } from './at-the-lane.ts';
import { fillAll, passShown, send } from './declaring.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys({ demo: true })));
afterAll(() => journeys.stop());

const open = (size: Size, address: string, username?: string) => openAt(journeys, size, address, username);
const rule = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: `Quy định ${number}`, exact: true }).first();
const addRule = 'Thêm quy định (Quy định khi vào)';
const numbers = /Không cho qua [\d.]+ trên [\d.]+ tờ khai|Tuần qua không có tờ khai nào/;
const saveQuestion = (page: Page): Locator => page.getByRole('dialog', { name: 'Lưu và áp dụng?' });

async function add(within: Page | Locator, button: string, offer: string): Promise<void> {
  await within.getByRole('button', { name: button, exact: true }).click();
  const page = 'page' in within ? within.page() : within;
  await page.getByRole('menuitem', { name: offer, exact: true }).click();
}

/** Names the zone and says where it is. */
async function fillZone(page: Page, name: string): Promise<void> {
  await page.getByLabel('Tên vùng').fill(name);
  await page.getByRole('radio', { name: /Cấp 4/ }).check({ force: true });
  await page.getByRole('combobox', { name: 'Địa bàn' }).pressSequentially('ha trung');
  await page.getByRole('option', { name: /^Huyện Hà Trung/ }).click();
  await page.getByRole('listitem').filter({ hasText: 'Huyện Hà Trung' }).waitFor();
  await page.getByLabel('Số điện thoại').fill('0237 3836 115');
}

/** A zone of level 4 over Quảng Xương that refuses who has fewer vaccine doses; as the server answers it. */
async function aZoneOf(doses: number, name: string, contactPhone: string) {
  const needed = `Cần: đã tiêm ít nhất ${doses} mũi vắc xin.`;
  const logic = { '>=': [{ var: 'vaccineDoses' }, doses] };
  const entryRules = [aRule({ description: needed, logic, onFailure: 'REFUSE' })];
  const { data } = await saveZone(journeys.server, aZone({ name, contactPhone, entryRules, unitCodes: ['406'] }));
  return { id: data.saveZone.id, needed };
}

describe.each<Size>(['phone', 'desktop'])('an administrator at a %s', (size) => {
  it('is told what a new zone still needs', async () => {
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
  });

  it('writes a rule in sentences, and reads what citizens will read', async () => {
    const page = await open(size, '/admin/zones/form');
    await add(page, addRule, 'Xét nghiệm âm tính trong 72 giờ');
    await rule(page, 1).getByLabel('Số giờ').fill('48');
    await rule(page, 1).getByText('Cần: xét nghiệm âm tính trong 48 giờ').waitFor();
    await rule(page, 1).getByRole('button', { name: 'Thêm điều kiện' }).click();
    await page.getByRole('menu').waitFor();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Đã tiêm ít nhất … mũi vắc xin' }).click();
    await rule(page, 1).getByLabel('Cần một trong các điều kiện').check();
    await add(rule(page, 1), 'Thêm ngoại lệ', 'Trừ khi mục đích đi là …');
    await rule(page, 1)
      .getByRole('button', { name: /^Mục đích:/ })
      .click();
    await page.getByRole('checkbox', { name: 'Công vụ' }).check();
    await page.keyboard.press('Escape');
    await rule(page, 1).getByLabel('không cho qua').check();
    await rule(page, 1)
      .getByText(
        'Cần: xét nghiệm âm tính trong 48 giờ, hoặc đã tiêm ít nhất 2 mũi vắc xin, trừ khi mục đích đi là khám chữa bệnh hoặc công vụ',
      )
      .waitFor();
    await expectAccessible(page);
  });

  it('tries the rules on examples and on last week, saves them, and finds the zone in the list', async () => {
    const name = `Vùng Hà Trung ${size}`;
    const page = await open(size, '/admin/zones/form');
    await fillZone(page, name);
    await add(page, addRule, 'Xét nghiệm âm tính trong 72 giờ');
    await page.getByRole('radio', { name: /Người từ vùng cấp 4/ }).check({ force: true });
    const unmet = page.getByLabel('Thử trước khi áp dụng').getByText('Cần: xét nghiệm âm tính trong 72 giờ');
    await unmet.waitFor();
    await page.getByText('Sửa người mẫu này').click();
    await page.getByLabel('Xét nghiệm', { exact: true }).selectOption('NEGATIVE');
    await eventually(() => unmet.count()).toBe(0);
    await page.getByRole('button', { name: 'Thử trên tờ khai tuần qua' }).click();
    await page.getByText(/tờ khai khác so với quy định hiện nay|Tuần qua không có tờ khai nào/).waitFor();

    await page.getByRole('button', { name: 'Lưu…' }).click();
    await saveQuestion(page).getByText(numbers).waitFor();
    await expectAccessible(page);
    await saveQuestion(page).getByRole('button', { name: 'Lưu và áp dụng' }).click();
    await panel(page).getByRole('heading', { name }).waitFor();
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

describe('a zone of level 4 around a district', () => {
  it('can be tried again before it is saved, where trying failed', async () => {
    const { id } = await aZoneOf(5, 'Vùng thử lại', '0237 3863 005');
    const page = await open('desktop', `/admin/zones/form/${id}`);
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('TryRules') ? route.abort() : route.continue(),
    );
    await page.getByRole('button', { name: 'Lưu…' }).click();
    await saveQuestion(page).getByText('Hãy thử lại, hoặc lưu mà không thử.').waitFor();
    await expectAccessible(page);
    await page.unroute('**/graphql');
    await saveQuestion(page).getByRole('button', { name: 'Thử lại' }).click();
    await saveQuestion(page).getByText(numbers).waitFor();
    expect(await saveQuestion(page).getByText('Hãy thử lại').count()).toBe(0);
  });

  it('changes the advice of a pass that was out before, with its reason', async () => {
    const held = await travelTogether(journeys.server, 'Đỗ Thị Lan');
    const { needed } = await aZoneOf(4, 'Vùng của chốt', '0237 3863 004');
    const officer = await atTheLane(journeys, 'desktop');
    await handScan(officer, held.pass);
    await shown(officer, 'Đỗ Thị Lan');
    await officer.locator('.band.REFUSE').getByText(needed).waitFor();
    await expectAccessible(officer);
  });

  it('is told to the citizen before sending, met or not, with whom to call, and stops nobody', async () => {
    const name = 'Vùng của người dân';
    const { needed } = await aZoneOf(3, name, '0237 3863 115');
    const page = await journeys.visit('phone');
    await page.goto('/');
    await fillAll(page);
    const rules = page.locator('section').filter({ hasText: 'Quy định trên chuyến đi này' });
    await rules.getByText(`${name}: vùng dịch cấp 4`).waitFor();
    await rules.getByRole('listitem').filter({ hasText: needed }).getByText('Chưa đạt').waitFor();
    expect(await rules.getByRole('link', { name: 'Gọi 0237 3863 115' }).getAttribute('href')).toBe('tel:02373863115');
    await expectAccessible(page);
    await send(page);
    await passShown(page);
  });

  it('has a rule that begins on a day; until then the version before holds, and both stand in its panel', async () => {
    const { id, needed } = await aZoneOf(6, 'Vùng đổi quy định', '0237 3863 006');
    const page = await open('desktop', `/admin/zones/form/${id}`);
    await rule(page, 1).getByLabel('Số mũi').fill('2');
    await rule(page, 1).getByLabel('Áp dụng từ ngày').fill('31/02/2030');
    await page.getByRole('button', { name: 'Lưu…' }).click();
    await rule(page, 1).getByText('Ngày viết như 23/08/2021.').waitFor();
    await expectAccessible(page);
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');
    await rule(page, 1).getByLabel('Áp dụng từ ngày').fill(day);
    await page.getByRole('button', { name: 'Lưu…' }).click();
    await saveQuestion(page).getByRole('button', { name: 'Lưu và áp dụng' }).click();
    await panel(page).getByText(`Bản 2 · từ ${day} 00:00`).waitFor();
    await panel(page).getByText('Các bản trước').click();
    await panel(page).getByText(needed).last().waitFor();
    await panel(page)
      .getByText(new RegExp(`Bản 1 · từ .* đến ${day} 00:00`))
      .waitFor();
    await expectAccessible(page);
  });

  it('leaves the form as it was where the network does not answer about rules', async () => {
    const page = await journeys.visit('phone');
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('JourneyRules') ? route.abort() : route.continue(),
    );
    await page.goto('/');
    await fillAll(page);
    expect(await page.getByText('Quy định trên chuyến đi này').count()).toBe(0);
    await send(page);
    await passShown(page);
  });
});
