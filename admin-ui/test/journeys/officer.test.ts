import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { toBuffer } from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declared } from '#test/builders.ts';
import { testPassword } from '#test/server.ts';
import {
  aPhone,
  atTheLane,
  confirmed,
  handScan,
  ready,
  shown,
  signIn,
  storedOf,
  travelTogether,
  typeCode,
  visit,
} from './at-the-lane.ts';
import { fakeCamera, filmOfPass } from './fake-camera.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

const film = join(tmpdir(), `cordon-officer-${process.pid}.y4m`);
const plainHttp = '--host-resolver-rules=MAP checkpoint.test 127.0.0.1';
let journeys: Journeys;
beforeAll(async () => {
  filmOfPass(film, null);
  journeys = await startJourneys({ flags: [...fakeCamera(film), plainHttp] });
});
afterAll(() => journeys.stop());

const coach = [
  'Nguyễn Văn Tài',
  ...Array.from({ length: 44 }, (_, at) => `Hành Khách ${String.fromCharCode(65 + (at % 26))}${at > 25 ? 'b' : 'a'}`),
];
const countRequests = (page: Page, operation: string) => {
  const seen: number[] = [];
  page.on('request', (request) => {
    const body =
      request.method() === 'POST'
        ? (request.postDataJSON() as { operationName?: string; variables: { input?: unknown[] } })
        : null;
    if (body?.operationName === operation) seen.push(body.variables.input?.length ?? 0);
  });
  return seen;
};

describe.each<Size>(['phone', 'desktop'])('an officer at a %s', (size) => {
  it('signs in, picks the checkpoint, and finds it again the next time', async () => {
    const page = await visit(journeys, size);
    await page.goto('/officer');
    await page.getByRole('heading', { level: 1, name: 'Đăng nhập' }).waitFor();
    await expectAccessible(page);
    await signIn(page, 'officer.38', 'sai mat khau roi');
    await page.getByRole('alert').getByText(/./).waitFor();
    await signIn(page);
    await page.getByRole('heading', { level: 1, name: 'Bạn trực ở chốt nào?' }).waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: 'Chốt Dốc Xây' }).click();
    await ready(page);
    await expectAccessible(page);
    await page.reload();
    await ready(page);
    const bar = page.getByRole('banner');
    for (const text of ['Chốt Dốc Xây', 'Lê Văn Tám', 'Có mạng', 'Chưa gửi 0']) await bar.getByText(text).waitFor();
  });

  it('finds a person by the spoken code, compares, and admits', async () => {
    const { id, code, idNumber } = await travelTogether(journeys.server, 'Trần Thị Cẩm');
    const page = await atTheLane(journeys, size);
    await typeCode(page, code.toLowerCase());
    await shown(page, 'Trần Thị Cẩm');
    await page.getByText('ĐƯỢC QUA', { exact: true }).waitFor();
    await page.getByText(idNumber.replace(/(\d{3})(?=\d)/g, '$1 ')).waitFor();
    await page.getByText('36B-012.34').waitFor();
    await page.getByText('Xem cả tờ khai').click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Cho qua' }).click();
    await confirmed(page, 'Đã cho qua');
    await page.locator('.recent b', { hasText: 'Trần Thị Cẩm' }).waitFor();
    await expectAccessible(page);
    expect(await storedOf(journeys.server, id)).toMatchObject([
      { decision: 'ADMITTED', direction: 'IN', evidence: 'CARD_ONLY' },
    ]);
  });

  it('scans with a hand scanner that types, refuses with a reason, and isolates on the way out', async () => {
    const first = await travelTogether(journeys.server, 'Lê Thị Từ');
    const second = await travelTogether(journeys.server, 'Vũ Thị Ly');
    const page = await atTheLane(journeys, size);
    await handScan(page, first.pass);
    await shown(page, 'Lê Thị Từ');
    await page.getByRole('button', { name: 'Từ chối' }).click();
    await page.getByRole('heading', { name: 'Từ chối vì sao?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Không có xét nghiệm còn hiệu lực' }).click();
    await confirmed(page, 'Đã từ chối');
    await page.getByText('Ra', { exact: true }).click();
    await handScan(page, second.pass);
    await shown(page, 'Vũ Thị Ly');
    await page.getByRole('button', { name: 'Cách ly' }).click();
    await confirmed(page, 'Đã chuyển cách ly');
    expect(await storedOf(journeys.server, first.id)).toMatchObject([
      { decision: 'REFUSED', direction: 'IN', evidence: 'QR_AND_CARD', reason: 'Không có xét nghiệm còn hiệu lực' },
    ]);
    expect(await storedOf(journeys.server, second.id)).toMatchObject([{ decision: 'ISOLATED', direction: 'OUT' }]);
  });

  it('records a coach of 45 by one press, and takes it back', async () => {
    const { id, pass } = await travelTogether(journeys.server, ...coach);
    const page = await atTheLane(journeys, size);
    const sent = countRequests(page, 'RecordPassages');
    await handScan(page, pass);
    await shown(page, 'Nguyễn Văn Tài');
    await page.getByText('45 trên 45 người có mặt').waitFor();
    await page.getByRole('checkbox', { name: 'Hành Khách Ca' }).uncheck();
    await page.getByText('44 trên 45 người có mặt').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Cho qua 44' }).click();
    await confirmed(page, 'Nguyễn Văn Tài và 43 người');
    expect(sent).toEqual([44]);
    await page.getByRole('button', { name: /Hoàn tác .*Nguyễn Văn Tài và 43 người/ }).click();
    await page.locator('.recent').getByText('Đã hoàn tác').waitFor();
    expect(sent).toEqual([44, 44]);
    const stored = await storedOf(journeys.server, id);
    expect(stored.map(({ decision }) => decision)).toEqual(['ADMITTED', 'VOID']);
    expect(stored[1]?.corrects).toBe(stored[0]?.id);
  });

  it('is told in plain words what is wrong with a pass, and what to do', async () => {
    const withdrawn = await declared(journeys.server, { person: { fullName: 'Hồ Thị Rút', phone: aPhone() } });
    await journeys.server.graphql(
      'mutation ($secret: String!) { withdrawDeclaration(secret: $secret) { qrPayload } }',
      { secret: withdrawn.secret },
    );
    const page = await atTheLane(journeys, size);
    await typeCode(page, 'đây không phải mã');
    await page.getByRole('heading', { level: 1, name: 'KHÔNG ĐỌC ĐƯỢC' }).waitFor();
    await expectAccessible(page);
    await typeCode(page, '038190999999');
    await page.getByRole('heading', { level: 1, name: 'KHÔNG TÌM THẤY' }).waitFor();
    const forged = withdrawn.qrPayload.replace(
      /.(.{20})$/,
      (found, rest: string) => (found.startsWith('A') ? 'B' : 'A') + rest,
    );
    await handScan(page, forged);
    await page.getByRole('heading', { level: 1, name: /MÃ GIẢ|KHÔNG ĐỌC/ }).waitFor();
    await handScan(page, withdrawn.qrPayload);
    await page.getByRole('heading', { level: 1, name: 'TỜ KHAI ĐÃ RÚT' }).waitFor();
    await shown(page, 'Hồ Thị Rút');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bỏ qua' }).click();
    await ready(page);
  });

  it('picks by the card who of a phone number stands there', async () => {
    const phone = aPhone();
    for (const fullName of ['Đinh Thị Một', 'Đinh Thị Hai'])
      await declared(journeys.server, { person: { fullName, phone } });
    const page = await atTheLane(journeys, size);
    await typeCode(page, phone.replace('+84', '0'));
    await page.getByRole('heading', { level: 1, name: 'Chọn người theo thẻ' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Đinh Thị Hai' }).click();
    await shown(page, 'Đinh Thị Hai');
  });

  it('chooses language and theme, sees the whole shift, and all of it is accessible', async () => {
    const page = await atTheLane(journeys, size);
    await page.getByRole('button', { name: 'Cài đặt và tài khoản' }).click();
    await page.getByText('Phím tắt', { exact: true }).click();
    await expectAccessible(page);
    await page.getByText('Nền tối (ca đêm)').click();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'English' }).click();
    await page.getByText('Sunlight').click();
    await page.getByRole('heading', { name: 'Settings and account' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'The whole shift' }).click();
    await page.getByRole('heading', { name: 'Passages of the last 12 hours' }).waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Ready to scan' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('sunlight');
  });
});

describe('an officer', () => {
  it('reads a pass with the camera, once, though it is held up longer', async () => {
    const { id, pass } = await travelTogether(journeys.server, 'Cao Thị Quét');
    const page = await atTheLane(journeys, 'desktop', 'on');
    filmOfPass(film, pass);
    await page.getByRole('button', { name: 'Tắt camera' }).click();
    await page.getByRole('button', { name: 'Bật camera' }).click();
    await shown(page, 'Cao Thị Quét');
    await page.keyboard.press('1');
    await confirmed(page, 'Đã cho qua');
    await page.waitForTimeout(1_500);
    await ready(page);
    expect(await storedOf(journeys.server, id)).toMatchObject([{ evidence: 'QR_AND_CARD' }]);
    filmOfPass(film, null);
  });

  it('does everything by keyboard alone', async () => {
    const { id, pass } = await travelTogether(journeys.server, 'Mai Thị Phím', 'Mai Văn Con', 'Mai Văn Út');
    const page = await atTheLane(journeys, 'desktop');
    await page.keyboard.press('o');
    await page.getByRole('radio', { name: 'Ra' }).and(page.locator(':checked')).waitFor({ state: 'attached' });
    await handScan(page, pass);
    await shown(page, 'Mai Thị Phím');
    await page.waitForTimeout(400);
    await page.keyboard.press('n');
    await page.getByText('0 trên 3 người có mặt').waitFor();
    await page.waitForTimeout(400);
    await page.keyboard.press('1');
    await page.getByText('Hãy chọn ít nhất một người có mặt.').waitFor();
    await page.waitForTimeout(400);
    await page.keyboard.press('a');
    await page.getByText('3 trên 3 người có mặt').waitFor();
    await page.getByRole('checkbox', { name: 'Mai Thị Phím' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText('2 trên 3 người có mặt').waitFor();
    await page.waitForTimeout(400);
    await page.keyboard.press('2');
    await page.getByRole('heading', { name: 'Từ chối 2 người vì sao?' }).waitFor();
    await page.waitForTimeout(400);
    await page.keyboard.press('4');
    await confirmed(page, 'Đã từ chối');
    await page.keyboard.press('u');
    await page.locator('.recent').getByText('Đã hoàn tác').waitFor();
    expect(await storedOf(journeys.server, id)).toMatchObject([
      { decision: 'REFUSED', direction: 'OUT', reason: 'Không có xét nghiệm còn hiệu lực' },
      { decision: 'VOID' },
    ]);
    await page.keyboard.type('03', { delay: 150 });
    await expect.poll(() => page.getByLabel('Mã đọc, số CCCD hoặc số điện thoại').inputValue()).toBe('03');
  });

  it('loses no passage with the network: it is counted as unsent, and sent again with the same id', async () => {
    const { id, pass } = await travelTogether(journeys.server, 'Tạ Thị Mạng');
    const page = await atTheLane(journeys, 'phone');
    await handScan(page, pass);
    await shown(page, 'Tạ Thị Mạng');
    // The request arrives and its answer is lost; then nothing arrives.
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      if (lost++ === 0) await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Cho qua' }).click();
    await page.getByText('Chưa gửi 1').waitFor();
    await page.getByText('Mất mạng').waitFor();
    await ready(page);
    await page.unroute('**/graphql');
    await page.getByText('Chưa gửi 0').waitFor({ timeout: 30_000 });
    await page.getByText('Có mạng').waitFor();
    expect(lost).toBeGreaterThan(1);
    expect(await storedOf(journeys.server, id)).toHaveLength(1);
  });

  it('sees what was not recorded until it is dealt with', async () => {
    const { id, pass } = await travelTogether(journeys.server, 'Lý Thị Đóng');
    const page = await atTheLane(journeys, 'desktop');
    await handScan(page, pass);
    await shown(page, 'Lý Thị Đóng');
    const open = (active: boolean) =>
      journeys.server.sql('update checkpoint set active = $1 where code = $2', [active, 'DX']);
    await open(false);
    await page.getByRole('button', { name: 'Cho qua' }).click();
    const box = page.getByRole('alert').filter({ hasText: '1 lượt KHÔNG được ghi' });
    await box.getByText('Chốt đã đóng.').waitFor();
    await expectAccessible(page);
    await open(true);
    await box.getByRole('button', { name: 'Gửi lại' }).click();
    await box.waitFor({ state: 'detached' });
    await expect.poll(() => storedOf(journeys.server, id)).toMatchObject([{ decision: 'ADMITTED' }]);
  });

  it('chooses an own password before anything else, the first time', async () => {
    await journeys.server.sql("update account set must_change_password = true where username = 'officer.cg'");
    const page = await visit(journeys, 'phone');
    await page.goto('/officer');
    await signIn(page, 'officer.cg');
    await page.getByRole('heading', { level: 1, name: 'Đặt mật khẩu của bạn' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Mật khẩu được cấp').fill(testPassword);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('mot cau ngan de nho');
    await page.getByLabel('Nhập lại mật khẩu mới').fill('mot cau ngan de nho');
    await page.getByRole('button', { name: 'Lưu mật khẩu' }).click();
    await page.getByRole('button', { name: 'Chốt Cầu Ghép' }).click();
    await ready(page);
  });

  it('is told on plain http why there is no camera, and works by a photo of the code', async () => {
    const { pass } = await travelTogether(journeys.server, 'Hà Thị Mở');
    const page = await visit(journeys, 'phone');
    await page.goto(`http://checkpoint.test:${new URL(journeys.server.url).port}/officer`);
    await signIn(page);
    await page.getByRole('button', { name: 'Chốt Dốc Xây' }).click();
    await page.getByText('Camera cần https hoặc localhost').waitFor();
    await page.getByText('https://checkpoint.test').waitFor();
    await expectAccessible(page);
    const photo = { name: 'pass.png', mimeType: 'image/png', buffer: await toBuffer(pass, { width: 700 }) };
    await page.getByLabel('Chọn ảnh mã QR').setInputFiles(photo);
    await shown(page, 'Hà Thị Mở');
    await page.getByRole('button', { name: 'Cho qua' }).click();
    await confirmed(page, 'Đã cho qua');
  });
});
