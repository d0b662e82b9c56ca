import { anIdNumber, declared } from '#test/builders.ts';
import { passed } from '#test/mismatch-desk.ts';
import { asWorker } from '#test/outbox-desk.ts';
import { testKeys } from '#test/test-config.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, inNavigation, openAt, panel, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';
// Behind the server's own parts, which load what decorators need.
import { seekDoubles } from '#api/people/doubles/seek-doubles.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
});
afterAll(() => journeys.stop());

const why = 'xác minh đơn của người dân';
const reasonField = (page: Page) => page.getByLabel('Lý do', { exact: true });

async function search(page: Page, whom: string): Promise<void> {
  await page.getByLabel('Tìm ai').fill(whom);
  await reasonField(page).fill(why);
  await page.keyboard.press('Enter');
}

/** Pairs in the list: an open pair is a table of its own. */
const pairsOn = (page: Page) => page.getByRole('main').locator('tbody tr');

describe.each<Size>(['desktop', 'phone'])('an administrator at a %s', (size) => {
  it('finds a person by number with a reason, sees them masked, and whole after a press that is entered', async () => {
    const idNumber = anIdNumber();
    await passed(journeys.server, { person: { idNumber, fullName: 'Lò Thị Mới' } });
    const page = await openAt(journeys, size, '/admin/people');
    await page.getByText(/^Gõ ai bạn tìm và lý do/).waitFor();
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.getByText('Hãy gõ số giấy tờ, số điện thoại hoặc họ tên.').waitFor();
    await page.getByText('Hãy ghi lý do, từ 5 chữ.').waitFor();
    await expectAccessible(page);

    await search(page, idNumber);
    await page.getByText('1 người', { exact: true }).waitFor();
    await rows(page)
      .getByRole('link', { name: /^Lò Thị Mới/ })
      .click();
    await panel(page).getByRole('heading', { name: 'Lò Thị Mới' }).waitFor();
    await panel(page).getByText(`Đã ghi lượt xem này vào nhật ký: ${why}`).waitFor();
    await panel(page).getByText('CSDL dân cư: Chưa có trả lời').waitFor();
    await panel(page).getByRole('link', { name: 'Chốt Dốc Xây' }).waitFor();
    const groups = idNumber.match(/.{3}/g)?.join(' ') ?? '';
    expect(await panel(page).getByText(groups).count()).toBe(0);
    await expectAccessible(page);

    await panel(page).getByRole('button', { name: 'Hiện số giấy tờ, điện thoại, địa chỉ' }).click();
    await panel(page).getByText(groups).waitFor();
    await expectAccessible(page);
    expect(page.url()).not.toContain(idNumber);
    const entries = await journeys.server.sql<{ action: string; reason: string }>(
      `select action, reason from audit_entry where action like 'citizen%' order by id desc limit 3`,
    );
    expect(entries.map(({ action }) => action)).toEqual(['citizen.read', 'citizen.read', 'citizens.search']);
    expect(new Set(entries.map(({ reason }) => reason))).toEqual(new Set([why]));
  });
});

it('two people are merged with a reason and parted again, and each keeps their passages', async () => {
  const [kept, merged] = [
    await passed(journeys.server, { person: { fullName: 'Hà Văn Gộp', dateOfBirth: '1971-02-03' } }),
    await passed(journeys.server, { person: { fullName: 'Hà Văn Gộp', dateOfBirth: '1971' } }),
  ];
  const page = await openAt(journeys, 'desktop', '/admin/people');
  await search(page, 'ha van gop 1971');
  await eventually(() => rows(page).count()).toBe(2);
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'Đánh dấu mọi hàng đã tải' }).check();
  await page.getByRole('button', { name: 'Gộp hai người' }).click();
  const question = page.getByRole('dialog', { name: 'Gộp hai người thành một?' });
  await question.getByText('Không có gì bị sửa hay xóa').waitFor();
  await question.getByRole('radio', { name: /03\/02\/1971/ }).check({ force: true });
  await question.getByRole('button', { name: 'Gộp', exact: true }).click();
  await question.getByText('Hãy ghi lý do, từ 5 chữ.').waitFor();
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Đã đối chiếu giấy tờ, cùng một người' }).click();
  await question.getByRole('button', { name: 'Gộp', exact: true }).click();
  await page.getByText('Đã gộp Hà Văn Gộp vào Hà Văn Gộp.').waitFor();
  await eventually(() => rows(page).count()).toBe(1);
  await rows(page).getByText('gộp 1 người').waitFor();
  await rows(page).first().click();
  const passages = panel(page).getByRole('link', { name: 'Chốt Dốc Xây' });
  await eventually(() => passages.count()).toBe(2);
  await panel(page).getByText('Đã đối chiếu giấy tờ, cùng một người (Quản trị Thanh Hóa)').waitFor();
  await expectAccessible(page);

  await panel(page).getByRole('button', { name: 'Tách ra Hà Văn Gộp' }).click();
  const parting = page.getByRole('dialog', { name: 'Tách Hà Văn Gộp ra?' });
  await parting.getByRole('button', { name: 'Đã đối chiếu giấy tờ, là hai người' }).click();
  await parting.getByRole('button', { name: 'Tách ra', exact: true }).click();
  await page.getByText('Đã tách Hà Văn Gộp ra.').waitFor();
  await eventually(() => rows(page).count()).toBe(2);
  await eventually(() => passages.count()).toBe(1);
  const stored = await journeys.server.sql('select id, citizen_id from passage where id = any($1) order by id', [
    [kept.passageId, merged.passageId],
  ]);
  expect(stored).toEqual(
    [kept, merged]
      .map(({ passageId, citizenId }) => ({ id: passageId, citizen_id: citizenId }))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  );
});

it('a link to a person asks why first, and nothing of them is asked for before', async () => {
  const { citizenId } = await passed(journeys.server, { person: { fullName: 'Tô Thị Hỏi' } });
  const page = await openAt(journeys, 'phone', `/admin/people?open=${citizenId}`);
  await panel(page).getByRole('heading', { name: 'Vì sao bạn xem người này?' }).waitFor();
  await expectAccessible(page);
  expect(await page.getByText('Tô Thị Hỏi').count()).toBe(0);
  await panel(page).getByLabel('Lý do', { exact: true }).fill(why);
  await page.keyboard.press('Enter');
  await panel(page).getByRole('heading', { name: 'Tô Thị Hỏi' }).waitFor();
});

/** Goes on with the keyboard until the focus is there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

describe('likely doubles', () => {
  beforeAll(async () => {
    const twice = (fullName: string, dateOfBirth: string) =>
      [0, 1].map(() =>
        declared(journeys.server, { person: { fullName, dateOfBirth, sex: 'OTHER', idNumber: aCmnd() } }),
      );
    await Promise.all([...twice('Mạc Thị Hai Lần', '1983-03-04'), ...twice('Ngô Văn Khác Nhau', '1979-08-09')]);
    const database = await asWorker(journeys.server.ownerUrl, 2);
    await seekDoubles(database, testKeys, ['38'], new Date());
    await database.close();
  });

  it('are worked through by keyboard alone: one pair merged, one remembered as two', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/people/doubles');
    await page.getByRole('heading', { level: 1, name: 'Có thể là một người' }).waitFor();
    await expectAccessible(page);
    await tabTo(page, 'input[name=reason]');
    await page.keyboard.type('làm sạch danh sách');
    await page.keyboard.press('Enter');
    await pairsOn(page).first().waitFor();
    const pairs = await pairsOn(page).count();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: 'Có phải một người?' }).waitFor();
    await panel(page).getByText('cùng ngày sinh').first().waitFor();
    await expectAccessible(page);
    await page.keyboard.press('g');
    await page.getByRole('dialog', { name: 'Gộp hai người thành một?' }).waitFor();
    await page.keyboard.type('thẻ ghi cả hai số');
    await page.keyboard.press('Enter');
    await page.getByText(`Đã xong 1 trên ${pairs} cặp`).waitFor();
    await eventually(() => pairsOn(page).count()).toBe(pairs - 1);
    await panel(page).getByRole('heading', { name: 'Có phải một người?' }).waitFor();
    await page.keyboard.press('b');
    await page.getByRole('dialog', { name: 'Ghi nhớ đây là hai người?' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.type('hai người cùng tên');
    await page.keyboard.press('Enter');
    await page.getByText('Không còn cặp nào chờ.').waitFor();
    await expectAccessible(page);
    const [done] = await journeys.server.sql(
      `select (select count(*)::integer from citizen_alias where reason = 'thẻ ghi cả hai số' and unmerged_at is null) as merged,
         (select count(*)::integer from citizen_double where dismiss_reason = 'hai người cùng tên') as dismissed`,
    );
    expect(done).toEqual({ merged: 1, dismissed: 1 });
  });

  it('are none of a district’s, and the list says on a phone how to begin', async () => {
    const page = await openAt(journeys, 'phone', '/admin/people/doubles');
    await page.getByText(/^Ghi lý do để bắt đầu/).waitFor();
    await expectAccessible(page);
    const district = await openAt(journeys, 'desktop', '/admin/people', 'admin.district');
    await inNavigation(district, 'Người dân').waitFor();
    expect(await district.getByRole('link', { name: 'Có thể là một người' }).count()).toBe(0);
  });
});

let last = 176_000_000;
const aCmnd = () => String((last += 1));
