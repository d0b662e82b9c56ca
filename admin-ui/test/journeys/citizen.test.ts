import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aFamilyOfFive,
  answerHealth,
  aTraveller,
  declare,
  fillAll,
  fillWhere,
  fillWho,
  keptOnPhone,
  next,
  openPass,
  passShown,
  screenTitle,
  send,
} from './declaring.ts';
import { readQr } from './read-qr.ts';
import { countTaps, expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => (journeys = await startJourneys()));
afterAll(() => journeys.stop());

const kept = (page: Page, key: string) => page.evaluate((name) => localStorage.getItem(name), `cordon.${key}`);
const spokenCode = (page: Page) => page.locator('main .spoken').innerText();
const stored = async (name: string) =>
  await journeys.server.sql<{ withdrawn_at: Date | null }>(
    'select withdrawn_at from declaration where full_name = $1',
    [name],
  );

describe.each<Size>(['phone', 'desktop'])('a citizen at a %s', (size) => {
  it('declares on four accessible screens, with at most 25 taps, and gets a pass', async () => {
    const page = await journeys.visit(size);
    const taps = await countTaps(page);
    await page.goto('/');
    await screenTitle(page, 'Bạn là ai?');
    await expectAccessible(page);
    await fillWho(page, [aTraveller()]);
    await screenTitle(page, 'Bạn đi đâu?');
    await page.getByRole('combobox', { name: 'Nơi đến' }).pressSequentially('quang xuong');
    await page.locator('[role=option]').first().waitFor();
    await expectAccessible(page);
    await fillWhere(page);
    await screenTitle(page, 'Sức khỏe');
    await expectAccessible(page);
    await answerHealth(page);
    await expectAccessible(page);
    await send(page);
    await passShown(page);
    expect(await taps()).toBeLessThanOrEqual(25);
    expect(await spokenCode(page)).toMatch(/^38/);
    await page.getByText(/^7[12] giờ \d\d phút \d\d giây$/).waitFor();
    await expectAccessible(page);
  });

  it('declares for a family of five without typing an address twice', async () => {
    const page = await journeys.visit(size);
    const [first, ...others] = aFamilyOfFive();
    if (!first) throw new Error('No family.');
    await declare(page, [first, ...others]);
    await expectAccessible(page);
    const codes = new Set<string>();
    for (const { name } of [first, ...others]) {
      await page.getByRole('navigation').getByRole('link', { name }).click();
      await page.getByRole('img', { name: `Mã QR của ${name}` }).waitFor();
      codes.add(await spokenCode(page));
    }
    expect(codes.size).toBe(5);
  });

  it('is told what is wrong beside the field once it is left, one thing at a time', async () => {
    const page = await journeys.visit(size);
    await page.goto('/');
    await screenTitle(page, 'Bạn là ai?');
    await page.getByLabel('Số CCCD hoặc CMND').fill('12345');
    expect(await page.getByText('Hãy nhập đủ 12 số CCCD').count()).toBe(0);
    await page.getByLabel('Họ và tên').focus();
    await page.getByText('Hãy nhập đủ 12 số CCCD hoặc 9 số CMND.').waitFor();
    expect(await page.locator('[aria-invalid]').count()).toBe(1);
    await page.getByLabel('Số CCCD hoặc CMND').fill('');
    await next(page);
    await page.getByText('Hãy nhập họ và tên như trên giấy tờ.').waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('autocomplete')).toBe('name');
    await expectAccessible(page);
  });

  it('declares by keyboard alone', async () => {
    const page = await journeys.visit(size);
    await page.goto('/');
    await screenTitle(page, 'Bạn là ai?');
    await page.getByLabel('Họ và tên').focus();
    await typeByKeyboard(page);
    await passShown(page);
  });
});

/** Enter is the keyboard's Next; a place is taken with Enter too, a choice with the space bar or an arrow. */
async function typeByKeyboard(page: Page): Promise<void> {
  const { keyboard } = page;
  const { name, born, number } = aTraveller();
  const type = async (text: string) => {
    await keyboard.type(text);
    await keyboard.press('Enter');
  };
  const choose = async () => {
    await keyboard.press('Space');
    await keyboard.press('Enter');
  };
  const pick = async (letters: string) => {
    await keyboard.type(letters);
    await page.locator('[role=option]').first().waitFor();
    await keyboard.press('Enter');
  };
  await type(name);
  await type(born);
  await choose();
  await keyboard.press('Tab');
  await type(number ?? '');
  await type('0912345678');
  await pick('tan phong quang xuong');
  await keyboard.type('Số 5');
  await page.getByRole('button', { name: 'Tiếp tục' }).press('Enter');
  await screenTitle(page, 'Bạn đi đâu?');
  await page.getByRole('combobox', { name: 'Nơi đến' }).focus();
  await pick('quang binh quang xuong thanh hoa');
  await type('Số 7');
  await choose();
  await type('36B1-123.45');
  await choose();
  await page.getByRole('button', { name: 'Tiếp tục' }).press('Enter');
  await screenTitle(page, 'Sức khỏe');
  await page.getByRole('radio', { name: 'Không' }).first().focus();
  for (let question = 0; question < 7; question++) await choose();
  await screenTitle(page, 'Kiểm tra và gửi');
  await page.getByRole('button', { name: 'Gửi và nhận mã QR' }).press('Enter');
}

describe('a draft', () => {
  it('survives a reload', async () => {
    const page = await journeys.visit('phone');
    await page.goto('/');
    await fillWho(page, [aTraveller({ name: 'Hoàng Thị Lan' })]);
    await screenTitle(page, 'Bạn đi đâu?');
    await page.reload();
    await screenTitle(page, 'Bạn đi đâu?');
    await page.getByRole('button', { name: 'Quay lại' }).click();
    expect(await page.getByLabel('Họ và tên').inputValue()).toBe('Hoàng Thị Lan');
    expect(await page.getByRole('combobox', { name: 'Nơi thường trú' }).inputValue()).toContain('Tân Phong');
  });

  it('survives a lost network and a reload without it, and is sent once the network is back', async () => {
    const page = await journeys.visit('phone');
    const traveller = aTraveller({ name: 'Phạm Văn Sơn', sex: 'Nam' });
    await page.goto('/');
    await keptOnPhone(page);
    await fillAll(page, [traveller]);
    await page.context().setOffline(true);
    await send(page);
    await page.getByRole('alert').getByText('Chưa có mạng').waitFor();
    await page.reload();
    await screenTitle(page, 'Kiểm tra và gửi');
    await send(page);
    await page.getByRole('alert').waitFor();
    await page.context().setOffline(false);
    await passShown(page);
    expect(await stored(traveller.name)).toHaveLength(1);
  });

  it('whose reply was lost is sent again and gives the same declaration', async () => {
    const page = await journeys.visit('phone');
    const traveller = aTraveller({ name: 'Vũ Thị Thu' });
    await page.goto('/');
    await fillAll(page, [traveller]);
    await loseReplies(page, 'Submit');
    await send(page);
    await page.getByRole('alert').waitFor();
    expect(await stored(traveller.name)).toHaveLength(1);
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Gửi lại' }).click();
    await passShown(page);
    expect(await stored(traveller.name)).toHaveLength(1);
  });

  it('that is changed after a lost reply does not leave two declarations', async () => {
    const page = await journeys.visit('phone');
    const traveller = aTraveller({ name: 'Bùi Văn Long', sex: 'Nam' });
    await page.goto('/');
    await fillAll(page, [traveller]);
    await loseReplies(page, 'Submit');
    await send(page);
    await page.getByRole('alert').waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Sửa: Chuyến đi' }).click();
    await page.getByText('Xe máy').click();
    await next(page);
    await send(page);
    await passShown(page);
    const all = await stored(traveller.name);
    expect(all.filter((row) => row.withdrawn_at === null)).toHaveLength(1);
    expect(all).toHaveLength(2);
  });

  it('is accepted from a phone whose clock is three hours ahead', async () => {
    const page = await journeys.visit('phone');
    await page.clock.setSystemTime(Date.now() + 3 * 3_600_000);
    await declare(page, [aTraveller({ name: 'Đỗ Thị Yến' })]);
  });
});

/** The server does what it is asked for, and the phone never hears of it. */
async function loseReplies(page: Page, operation: string): Promise<void> {
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes(operation)) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
}

async function payloadOf(page: Page): Promise<string> {
  const query = 'query ($secret: String!) { receipt(secret: $secret) { qrPayload } }';
  const secret = new URL(page.url()).hash.slice(1);
  const { data } = await journeys.server.graphql<{ receipt: { qrPayload: string } }>(query, { secret });
  return data.receipt.qrPayload;
}

describe('a pass', () => {
  it.each<Size>(['phone', 'desktop'])('is read from the screen of a %s', async (size) => {
    const page = await journeys.visit(size);
    await openPass(page, journeys.server);
    expect(await readQr(await page.screenshot())).toEqual([await payloadOf(page)]);
  });

  it('opens again without network', async () => {
    const page = await journeys.visit('phone');
    const secret = await declare(page);
    await keptOnPhone(page);
    await page.context().setOffline(true);
    const later = await page.context().newPage();
    await later.goto(`/pass#${secret}`);
    expect(await passShown(later)).toBe(secret);
    await later.goto('/');
    await later.getByRole('link', { name: /Mã QR của/ }).click();
    expect(await passShown(later)).toBe(secret);
  });

  it('opens by its link on another phone; a link of nothing says so', async () => {
    const other = await journeys.visit('phone');
    await openPass(other, journeys.server);
    await other.goto('/pass#38.AAAAAAAAAAAAAAAAAAAAAA');
    await other.getByText('Không tìm thấy tờ khai của đường dẫn này.').waitFor();
    await expectAccessible(other);
  });

  it('keeps its secret from the server’s addresses', async () => {
    const page = await journeys.visit('phone');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const secret = await declare(page);
    await page.reload();
    await passShown(page);
    expect(asked.filter((url) => url.includes(secret) && !url.includes('#'))).toEqual([]);
  });

  it('is withdrawn after one question', async () => {
    const page = await journeys.visit('phone');
    const traveller = { name: 'Ngô Thị Hà' };
    await openPass(page, journeys.server, traveller.name);
    await page.getByRole('button', { name: 'Rút khai báo' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Không, giữ lại' }).click();
    expect((await stored(traveller.name))[0]?.withdrawn_at).toBeNull();
    await page.getByRole('button', { name: 'Rút khai báo' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rút khai báo' }).click();
    await page.getByText('Tờ khai này đã rút. Mã QR không còn dùng được.').waitFor();
    expect(await page.getByRole('img', { name: /^Mã QR/ }).count()).toBe(0);
    expect((await stored(traveller.name))[0]?.withdrawn_at).not.toBeNull();
    await expectAccessible(page);
  });

  it('prints on A6: the code at 45 mm, name, spoken code, validity, nothing else', async () => {
    const page = await journeys.visit('phone');
    await openPass(page, journeys.server, 'Lý Văn Phúc');
    const spoken = await spokenCode(page);
    await page.emulateMedia({ media: 'print' });
    const code = await page.locator('.print svg').boundingBox();
    expect(code?.width).toBeCloseTo((45 / 25.4) * 96, 0);
    expect(await readQr(await page.locator('.print svg').screenshot())).toEqual([await payloadOf(page)]);
    const lines = (await page.locator('body').innerText()).split('\n').filter(Boolean);
    expect(lines).toEqual(['Lý Văn Phúc', spoken, expect.stringMatching(/^Đến \d\d\/\d\d\/\d{4} \d\d:\d\d$/)]);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width, height] = /MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    expect(Number(width)).toBeCloseTo((105 / 25.4) * 72, -0.5);
    expect(Number(height)).toBeCloseTo((148 / 25.4) * 72, -0.5);
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  it('is saved as an image', async () => {
    const page = await journeys.visit('phone');
    await openPass(page, journeys.server);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Lưu ảnh' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^cordon-38\w{7}\.png$/);
    expect(await readQr(await readFile(await download.path()))).toEqual([await payloadOf(page)]);
  });
});

describe('who declared before on this phone', () => {
  it('does it again in three taps, and health is asked anew', async () => {
    const page = await journeys.visit('phone');
    const first = await declare(page, [aTraveller({ name: 'Mai Thị Hương' })]);
    expect(await kept(page, 'profile')).not.toContain('symptoms');
    const taps = await countTaps(page);
    await page.evaluate(() => sessionStorage.clear());
    await page.goto('/');
    await screenTitle(page, 'Khai lại như lần trước');
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await expectAccessible(page);
    await page.getByText('Không có điều nào').click();
    await page.getByText('2', { exact: true }).click();
    await send(page);
    expect(await passShown(page)).not.toBe(first);
    expect(await taps()).toBe(3);
  });

  it('is not let through with questions on health left open', async () => {
    const page = await journeys.visit('phone');
    await declare(page);
    await page.goto('/');
    await screenTitle(page, 'Khai lại như lần trước');
    await send(page);
    await page.getByText('Hãy cho biết có triệu chứng nào không.').waitFor();
  });

  it('can have everything deleted from the phone', async () => {
    const page = await journeys.visit('phone');
    await declare(page);
    await page.goto('/');
    await page.getByRole('button', { name: 'Xóa thông tin của tôi trên máy này' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Xóa' }).click();
    await screenTitle(page, 'Bạn là ai?');
    for (const key of ['profile', 'passes', 'draft']) expect(await kept(page, key)).toBeNull();
  });
});

it('English is one tap away and remembered', async () => {
  const page = await journeys.visit('phone');
  await page.goto('/');
  await page.getByRole('button', { name: 'English' }).click();
  await screenTitle(page, 'Who are you?');
  await page.reload();
  await screenTitle(page, 'Who are you?');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await expectAccessible(page);
});

it.each(['dark', 'sunlight'])('the %s theme is accessible', async (theme) => {
  const page = await journeys.visit('phone');
  await page.addInitScript((name) => localStorage.setItem('cordon.theme', name), theme);
  await openPass(page, journeys.server);
  await expectAccessible(page);
  await page.goto('/');
  await screenTitle(page, 'Bạn là ai?');
  await expectAccessible(page);
});
