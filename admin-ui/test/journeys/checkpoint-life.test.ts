import { readFile } from 'node:fs/promises';
import { signAddress } from '#api/checkpoints/shared/checkpoint-sign.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAt, panel } from './at-the-desk.ts';
import { atTheLane, handScan, ready } from './at-the-lane.ts';
import { aTraveller, answerHealth, fillWho, next, passShown, screenTitle, send } from './declaring.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';
import { pdfDrawing, pdfPaper } from './pdf-drawing.ts';
import { pdfText } from './pdf-text.ts';
import { readQr } from './read-qr.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
});
afterAll(() => journeys.stop());

const docXay = () => journeys.server.checkpoints.docXay;
const addressOf = (id: string) => signAddress(new URL(journeys.server.url).origin, id);
const closed = (closesAt: Date | null) =>
  journeys.server.sql('update checkpoint set closes_at = $2 where id = $1', [docXay(), closesAt]);

async function download(page: Page, paper: 'A4' | 'A3'): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel(page)
      .getByRole('button', { name: `Tải biển ${paper}` })
      .click(),
  ]);
  expect(file.suggestedFilename()).toBe(`Biển chốt DX ${paper}.pdf`);
  return readFile(await file.path());
}

it('the sign is printed on A4 and A3, and any phone reads its code', async () => {
  const page = await openAt(journeys, 'desktop', `/admin/checkpoints?open=${docXay()}`);
  await panel(page).getByRole('heading', { name: 'Chốt Dốc Xây' }).waitFor();
  const desk = await journeys.visit('desktop');
  for (const [paper, width, height] of [
    ['A4', 595, 842],
    ['A3', 842, 1191],
  ] as const) {
    const pdf = await download(page, paper);
    const size = pdfPaper(pdf);
    expect([Math.round(size.width), Math.round(size.height)]).toEqual([width, height]);
    const words = pdfText(pdf);
    for (const said of ['KHAI BÁO Y TẾ', 'HEALTH DECLARATION', 'Chốt Dốc Xây', 'DX', 'Scan with your phone camera'])
      expect(words).toContain(said);
    expect(words.indexOf('KHAI BÁO')).toBeLessThan(words.indexOf('HEALTH'));
    expect(await readQr(await pdfDrawing(desk, pdf))).toEqual([addressOf(docXay())]);
  }
}, 120_000);

describe.each<Size>(['phone', 'desktop'])('who scans the sign at a %s', (size) => {
  it('sees where they are, and the destination begins in the checkpoint’s district', async () => {
    const page = await journeys.visit(size);
    await page.goto(addressOf(docXay()));
    await page.getByText('Bạn đang khai ở chốt này').waitFor();
    await expectAccessible(page);
    expect(new URL(page.url()).search).toBe('');
    await fillWho(page, [aTraveller()]);
    await screenTitle(page, 'Bạn đi đâu?');
    await page.getByText('Chọn xã, phường ở Thị xã Bỉm Sơn, Thanh Hóa').waitFor();
    await page.getByRole('combobox', { name: 'Nơi đến' }).focus();
    await page.locator('[role=option]').first().waitFor();
    const offered = await page.locator('[role=option]').allInnerTexts();
    expect(offered.length).toBeGreaterThan(3);
    for (const place of offered) expect(place).toContain('Bỉm Sơn');
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('combobox', { name: 'Nơi đến' }).focus();
    await page.getByRole('option', { name: 'Phường Ngọc Trạo' }).click();
    await page.keyboard.type('12 đường Lê Lợi');
    await page.getByText('Ô tô').click();
    await page.getByLabel('Biển số xe').fill('36A-123.45');
    await page.getByText('Về nhà', { exact: true }).click();
    await next(page);
    await answerHealth(page);
    await send(page);
    await passShown(page);
  }, 90_000);

  it('goes elsewhere by typing, as without it', async () => {
    const page = await journeys.visit(size);
    await page.goto(addressOf(docXay()));
    await fillWho(page, [aTraveller()]);
    await screenTitle(page, 'Bạn đi đâu?');
    await page.getByRole('combobox', { name: 'Nơi đến' }).pressSequentially('quang binh quang xuong');
    // Found nowhere in the district, it is looked for everywhere; while it is typed other places come and go.
    await page.getByRole('option', { name: 'Quảng Bình, Quảng Xương' }).first().waitFor();
  }, 60_000);
});

describe('a sign that no longer holds', () => {
  it('of a closed checkpoint opens the plain form, and says so', async () => {
    const page = await journeys.visit('phone');
    await closed(new Date());
    await page.goto(addressOf(docXay()));
    await page.getByText('Chốt Dốc Xây đã đóng. Bạn cứ khai như thường.').waitFor();
    await closed(null);
    await fillWho(page, [aTraveller()]);
    await page.getByText('Gõ vài chữ tên xã').first().waitFor();
  }, 60_000);

  it.each(['?c=', '?c=xyz', () => new URL(addressOf(newUuid7())).search])('of nothing known (%s)', async (search) => {
    const page = await journeys.visit('phone');
    await page.goto(`/${typeof search === 'string' ? search : search()}`);
    await page.getByText('Biển này không còn dùng. Bạn cứ khai như thường.').waitFor();
    await expectAccessible(page);
  });
});

it('an officer whose scanner reads the sign is told what it is, and scans on', async () => {
  const page = await atTheLane(journeys, 'phone');
  await handScan(page, addressOf(docXay()));
  await page.getByRole('heading', { name: 'BIỂN Ở CHỐT' }).waitFor();
  await page.getByText('biển của Chốt Dốc Xây').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await ready(page);
}, 60_000);

describe('the life of a checkpoint at the administrator’s', () => {
  it('it closes on a day and opens again, and takes the position of who stands there', async () => {
    const page = await openAt(journeys, 'phone', `/admin/checkpoints?open=${docXay()}`);
    await page.context().grantPermissions(['geolocation']);
    await page.context().setGeolocation({ latitude: 20.116312, longitude: 105.874249 });
    const edit = () => panel(page).getByRole('button', { name: 'Sửa chốt' }).click();
    await edit();
    await panel(page).getByRole('button', { name: 'Dùng vị trí của tôi' }).click();
    await expect.poll(() => panel(page).getByLabel('Tọa độ').inputValue()).toBe('20.11631, 105.87425');
    await panel(page).getByText('Mở đến hết ngày', { exact: true }).click();
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByText('Ngày đóng chốt: gõ đủ ngày, tháng, năm.').waitFor();
    await expectAccessible(page);
    const today = vietnamDate(new Date()).split('-').reverse();
    await panel(page).getByLabel('Ngày mở cuối cùng').pressSequentially(today.join(''));
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page)
      .getByText(`Mở đến hết ngày ${today.join('/')}`)
      .waitFor();
    await expectAccessible(page);
    await edit();
    await panel(page).getByText('Đóng', { exact: true }).last().click();
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page)
      .getByText(`Đã đóng từ hết ngày ${today.join('/')}`)
      .waitFor();
    await edit();
    await panel(page).getByText('Đang mở', { exact: true }).click();
    await panel(page).getByRole('button', { name: 'Lưu' }).click();
    await panel(page).getByText('Đang hoạt động', { exact: true }).waitFor();
  }, 90_000);

  it('officers are taken off and put on from its panel, with undo', async () => {
    const page = await openAt(journeys, 'desktop', `/admin/checkpoints?open=${docXay()}`);
    const assigned = () =>
      journeys.server.sql<{ username: string }>(
        `select a.username from account_checkpoint ac join account a on a.id = ac.account_id where ac.checkpoint_id = $1 order by 1`,
        [docXay()],
      );
    await panel(page).getByRole('button', { name: 'Thôi phân công Lê Văn Tám' }).click();
    await panel(page).getByText('Đã thôi phân công Lê Văn Tám.').waitFor();
    expect(await assigned()).toEqual([]);
    await panel(page).getByRole('button', { name: 'Hoàn tác' }).click();
    await panel(page).getByText('Đã phân công Lê Văn Tám.').waitFor();
    await panel(page).getByLabel('Phân công thêm').fill('van chin');
    await panel(page).getByRole('button', { name: 'Phân công Phạm Văn Chín' }).click();
    await panel(page).getByText('Đã phân công Phạm Văn Chín.').waitFor();
    await expectAccessible(page);
    expect(await assigned()).toEqual([{ username: 'officer.38' }, { username: 'officer.cg' }]);
  }, 60_000);
});
