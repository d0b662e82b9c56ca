import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCardCode, anIdNumber } from '#test/builders.ts';
import { atTheLane } from './at-the-lane.ts';
import { atThePaperDesk, countingKeyboard, counts, keyHealth, keyIn } from './at-the-paper-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
});
afterAll(() => journeys.stop());

const stored = (number: string) =>
  journeys.server.sql<{ decision: string; evidence: string; channel: string; full_name: string | null }>(
    `select p.decision, p.evidence, p.channel, d.full_name from passage p
     left join declaration d on d.province_code = p.declaration_province and d.id = p.declaration_id
     where p.paper_form_number = $1 or d.paper_form_number = $1`,
    [number],
  );
const passages = async () => Number((await journeys.server.sql('select count(*) as n from passage'))[0]?.['n']);
const settled = (expected: number) => expect.poll(passages, { timeout: 20_000 }).toBe(expected);

it('a form goes from blank to a recorded passage by the keyboard alone: at most 150 keys besides the free texts', async () => {
  const page = await atTheLane(journeys, 'desktop');
  const keyboard = countingKeyboard(page);
  const before = await passages();
  await keyboard.press('p');
  await page.getByRole('heading', { level: 1, name: 'Phiếu giấy' }).waitFor();
  await keyIn(keyboard, page, { number: 'DX-7K3MP-01', fullName: 'NGUYỄN THỊ HOA', idNumber: anIdNumber() });
  await keyboard.press('Enter');
  await page.getByText('ĐƯỢC QUA', { exact: true }).waitFor();
  await expectAccessible(page);
  // Nobody decides within 300 ms of another key: a hand scanner's digits must admit nobody.
  await page.waitForTimeout(400);
  await keyboard.press('1');
  await settled(before + 1);
  const { keys, letters } = keyboard.count();
  expect(keys).toBeLessThanOrEqual(150);
  expect((keys + letters) / 5).toBeLessThan(60);
  expect(await stored('DX-7K3MP-01')).toEqual([
    { decision: 'ADMITTED', evidence: 'PAPER_AND_CARD', channel: 'PAPER', full_name: 'NGUYỄN THỊ HOA' },
  ]);
  await counts(page, 1, 0);
}, 120_000);

/** How wide each page is that would be printed, in mm. */
async function widthsOf(page: Page): Promise<number[]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...pdf.matchAll(/MediaBox\s*\[0 0 ([\d.]+)/g)].map(([, points]) => Math.round((Number(points) / 72) * 25.4));
}

describe.each<Size>(['phone', 'desktop'])('paper at a %s', (size) => {
  it('who passes by the form’s number waits in the list, and has a name once it is keyed in from there', async () => {
    const number = `DX-LATE-${size}`.toUpperCase();
    const page = await atThePaperDesk(journeys, size);
    await expectAccessible(page);
    const section = page.locator('.by-number');
    await section.getByLabel('Số phiếu').fill(number.toLowerCase());
    await section.getByRole('button', { name: 'Cho qua' }).click();
    await page.getByText(`Đã cho qua: phiếu ${number}`).waitFor();
    await page.getByRole('button', { name: number }).click();
    expect(await page.locator('.form-sheet').getByLabel('Số phiếu').inputValue()).toBe(number);
    const keyboard = countingKeyboard(page);
    await page.locator('.form-sheet').getByLabel('Số phiếu').focus();
    await keyIn(keyboard, page, { number: '', fullName: 'Trần Văn Muộn', idNumber: anIdNumber() });
    await keyboard.press('Enter');
    await page.getByText('lượt qua đã ghi nay có tên').waitFor();
    await expectAccessible(page);
    expect(await stored(number)).toMatchObject([{ decision: 'ADMITTED', full_name: 'Trần Văn Muộn' }]);
    expect(await page.getByRole('button', { name: number }).count()).toBe(0);
  }, 120_000);

  it('problems stand beside their fields, and nothing that was typed is lost', async () => {
    const page = await atThePaperDesk(journeys, size);
    await page.getByLabel('Họ và tên').fill('Lê Thị Thiếu');
    await page.getByRole('button', { name: 'Lưu phiếu' }).click();
    await page.getByText('Hãy nhập ngày sinh').waitFor();
    await page.getByText('Hãy chọn giới tính.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Về làn quét' }).click();
    await page.getByRole('button', { name: 'Phiếu giấy' }).click();
    expect(await page.getByLabel('Họ và tên').inputValue()).toBe('Lê Thị Thiếu');
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toContain('Thiếu');
  });
});

it('one key repeats the last form’s journey and address, and a number keyed in before is told', async () => {
  const page = await atThePaperDesk(journeys, 'desktop');
  const keyboard = countingKeyboard(page);
  const first = { number: 'DX-FAMILY-1', fullName: 'Lê Văn Cha', idNumber: anIdNumber('MALE') };
  await keyIn(keyboard, page, first);
  await keyboard.press('Enter');
  await page.getByText('Đã nhập phiếu.').waitFor();
  await page.waitForTimeout(400);
  await keyboard.press('n');
  await page.getByLabel('Họ và tên').waitFor();
  await keyboard.press('F2');
  await keyboard.type('DX-FAMILY-1');
  await keyboard.press('Enter');
  await keyboard.free('Lê Thị Mẹ');
  await keyboard.press('Enter');
  await keyboard.type('17051990');
  await keyboard.press('Enter', '2');
  await keyboard.type(anIdNumber());
  // Past nationality, phone, and all that was repeated.
  await keyboard.press(...Array.from({ length: 13 }, () => 'Enter'));
  await keyHealth(keyboard);
  await keyboard.press('Enter');
  await page.getByText('Phiếu mang số này đã được nhập rồi').waitFor();
  await page.locator('.form-sheet').getByLabel('Số phiếu').fill('DX-FAMILY-2');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Đã nhập phiếu.').waitFor();
  const rows = await journeys.server.sql(
    `select full_name, destination_line, plate from declaration where paper_form_number like 'DX-FAMILY%' order by paper_form_number`,
  );
  expect(rows).toEqual([
    { full_name: 'Lê Văn Cha', destination_line: 'Thôn 3', plate: '36B112345' },
    { full_name: 'Lê Thị Mẹ', destination_line: 'Thôn 3', plate: '36B112345' },
  ]);
}, 120_000);

it('the person’s card, scanned into the form, fills in who it is, and another’s is not mixed with them', async () => {
  const page = await atThePaperDesk(journeys, 'desktop');
  const sheet = page.locator('.form-sheet');
  const scan = async (code: string) => {
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
  };
  const idNumber = anIdNumber();
  await sheet.getByLabel('Số phiếu').focus();
  await scan('PF:DX-CARD-1');
  await scan(aCardCode({ idNumber, fullName: 'Tống Thị Thẻ' }));
  await expect.poll(() => sheet.getByLabel('Họ và tên').inputValue()).toBe('Tống Thị Thẻ');
  expect(await sheet.getByLabel('Số phiếu').inputValue()).toBe('DX-CARD-1');
  expect(await sheet.getByLabel('Số CCCD').inputValue()).toBe(idNumber);
  expect(await sheet.getByLabel('Ngày sinh').inputValue()).toBe('17/05/1990');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('phone');
  await sheet.getByLabel('Số CCCD').fill('');
  await sheet.getByLabel('Số CCCD').focus();
  await scan(aCardCode({ idNumber: anIdNumber(), fullName: 'Tống Văn Khác' }));
  await page.getByText('Phiếu này đã ghi một người').waitFor();
  expect(await sheet.getByLabel('Họ và tên').inputValue()).toBe('Tống Thị Thẻ');
  expect(await sheet.getByLabel('Số CCCD').inputValue()).toBe('');
}, 60_000);

it('without network the passage is recorded by its number, and the form stays on the page until there is one', async () => {
  const page = await atThePaperDesk(journeys, 'desktop');
  const keyboard = countingKeyboard(page);
  const before = await passages();
  await keyIn(keyboard, page, { number: 'DX-OFF-1', fullName: 'Phạm Thị Mạng', idNumber: anIdNumber() });
  await page.context().setOffline(true);
  await keyboard.press('Enter');
  await page.getByText('Chưa gửi được vì mất mạng.').waitFor();
  await page.getByText('Đang mất mạng: chưa lưu được phiếu.').waitFor();
  await page.locator('.by-number').getByLabel('Số phiếu').fill('DX-OFF-1');
  await page.locator('.by-number').getByRole('button', { name: 'Cách ly' }).click();
  await page.getByRole('banner').getByText('Chưa gửi 1').waitFor();
  expect(await page.getByLabel('Họ và tên').inputValue()).toBe('Phạm Thị Mạng');
  await page.context().setOffline(false);
  await settled(before + 1);
  await page.getByRole('button', { name: 'Lưu phiếu' }).click();
  await page.getByText('lượt qua đã ghi nay có tên').waitFor();
  expect(await stored('DX-OFF-1')).toMatchObject([{ decision: 'ISOLATED', full_name: 'Phạm Thị Mạng' }]);
}, 120_000);

it('typed twice on request, what differs is told before it is sent', async () => {
  const page = await atThePaperDesk(journeys, 'desktop');
  const keyboard = countingKeyboard(page);
  const idNumber = anIdNumber();
  await page.getByLabel('Gõ hai lần để kiểm tra').check();
  await page.locator('.form-sheet').getByLabel('Số phiếu').focus();
  await keyIn(keyboard, page, { number: 'DX-TWICE-1', fullName: 'Vũ Thị Kỹ', idNumber });
  await keyboard.press('Enter');
  await page.getByText('Gõ lại số phiếu').waitFor();
  expect(await page.getByLabel('Họ và tên').inputValue()).toBe('');
  await page.locator('.form-sheet').getByLabel('Số phiếu').fill('DX-TWICE-1');
  await page.getByLabel('Họ và tên').fill('Vũ Thị Ký');
  await page.getByLabel('Ngày sinh').fill('17/05/1990');
  await page.getByLabel('Số CCCD, CMND hoặc hộ chiếu').fill(idNumber);
  await page.getByLabel('Điện thoại').fill('0912 345 678');
  await page.getByRole('button', { name: 'So hai lần và lưu' }).click();
  await page.getByText('Khác lần đầu: Vũ Thị Kỹ.').waitFor();
  expect(await journeys.server.sql(`select 1 from declaration where paper_form_number = 'DX-TWICE-1'`)).toEqual([]);
  await page.getByLabel('Họ và tên').fill('Vũ Thị Kỹ');
  await page.getByRole('button', { name: 'So hai lần và lưu' }).click();
  await page.getByText('Đã nhập phiếu.').waitFor();
}, 120_000);

it('the slip, the blank forms and the hand-over are papers', async () => {
  const page = await atThePaperDesk(journeys, 'desktop');
  const keyboard = countingKeyboard(page);
  await keyIn(keyboard, page, { number: 'DX-SLIP-1', fullName: 'Đỗ Thị Giấy', idNumber: anIdNumber() });
  await keyboard.press('Enter');
  await page.getByText('Đã nhập phiếu.').waitFor();
  await page.emulateMedia({ media: 'print' });
  const slip = page.locator('.print article');
  await slip.waitFor();
  expect(await slip.innerText()).toContain('Đỗ Thị Giấy');
  expect(await widthsOf(page)).toEqual([105]);
  await page.emulateMedia({ media: 'screen' });

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Phiếu trắng' }).click();
  const file = await (await saved).path();
  const blank = (await readFile(file)).toString('latin1');
  expect(blank.startsWith('%PDF')).toBe(true);
  expect(blank.match(/\/Type ?\/Page\b/g)).toHaveLength(20);

  await page.locator('.by-number').getByLabel('Số phiếu').fill('DX-OPEN-9');
  await page.locator('.by-number').getByRole('button', { name: 'Cho qua' }).click();
  await page.getByRole('button', { name: 'DX-OPEN-9' }).waitFor();
  await page.getByRole('button', { name: 'Bàn giao ca' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bàn giao ca' }).waitFor();
  await page.getByRole('row', { name: /DX-OPEN-9/ }).waitFor();
  await page.getByText('DX-SLIP-1').waitFor();
  await expectAccessible(page);
  expect(await page.locator('main').innerText()).not.toContain('Đỗ Thị Giấy');
  await page.emulateMedia({ media: 'print' });
  expect(await widthsOf(page)).toEqual([210]);
}, 120_000);
