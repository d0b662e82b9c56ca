import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentHash } from '#api/people/identifiers.service.ts';
import { aCardCode, anIdNumber, declared } from '#test/builders.ts';
import { testKeys } from '#test/test-config.ts';
import { aPhone, atTheLane, confirmed, handScan, ready, shown, storedOf, travelTogether } from './at-the-lane.ts';
import { fakeCamera, filmOfPass } from './fake-camera.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

const film = join(tmpdir(), `cordon-cards-${process.pid}.y4m`);
const valuesOf = (page: Page) =>
  page.locator('input').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
/** Where a picture goes, for who wants to look: SHOTS names a directory. */
const shot = (name: string) => (process.env['SHOTS'] ? join(process.env['SHOTS'], `${name}.png`) : '/dev/null');
/** The passages of who is known by a number. */
const passagesOf = (idNumber: string) =>
  journeys.server.sql(
    `select c.full_name, p.decision, p.evidence, p.declaration_id, p.recorded_offline as offline from citizen_document d
     join citizen c on c.id = d.citizen_id join passage p on p.citizen_id = c.id where d.hmac = $1`,
    [documentHash(testKeys, { kind: 'CCCD', number: idNumber })],
  );
let journeys: Journeys;
beforeAll(async () => {
  filmOfPass(film, null);
  journeys = await startJourneys({ flags: fakeCamera(film) });
});
afterAll(() => journeys.stop());

describe.each<Size>(['phone', 'desktop'])('an officer at a %s', (size) => {
  it('scans the card of a person who declared, and has them at once', async () => {
    const { id, idNumber } = await travelTogether(journeys.server, 'Phạm Thị Thẻ');
    const page = await atTheLane(journeys, size);
    await handScan(page, aCardCode({ idNumber, fullName: 'Phạm Thị Thẻ', tail: '||||' }));
    await shown(page, 'Phạm Thị Thẻ');
    await page.getByText('ĐƯỢC QUA', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cho qua' }).click();
    await confirmed(page, 'Đã cho qua');
    expect(await storedOf(journeys.server, id)).toMatchObject([{ decision: 'ADMITTED', evidence: 'CARD_ONLY' }]);
  });

  it('scans the card of somebody who has not declared, is told so, and goes on with the next', async () => {
    const next = await travelTogether(journeys.server, 'Ngô Thị Sau');
    const page = await atTheLane(journeys, size);
    const idNumber = anIdNumber();
    await handScan(page, aCardCode({ idNumber, fullName: 'Lò Thị Ế', former: '171234567' }));
    await page.getByRole('heading', { level: 1, name: 'CHƯA CÓ TỜ KHAI' }).waitFor();
    await shown(page, 'Lò Thị Ế');
    for (const text of [idNumber.replace(/(\d{3})(?=\d)/g, '$1 '), '171 234 567', '17/05/1990 · Nữ', '01/05/2021'])
      await page.getByText(text).waitFor();
    await expectAccessible(page);
    await handScan(page, next.pass);
    await shown(page, 'Ngô Thị Sau');
  });

  it('records who has not declared with the card alone, by the usual keys', async () => {
    const [idNumber, refused] = [anIdNumber(), anIdNumber()];
    const page = await atTheLane(journeys, size);
    await handScan(page, aCardCode({ idNumber, fullName: 'Lương Thị Thẻ' }));
    await page.getByRole('button', { name: 'Ghi bằng thẻ (G)' }).click();
    await page.getByText('Lượt qua sẽ được ghi bằng thẻ, không có tờ khai.').waitFor();
    await expectAccessible(page);
    await page.screenshot({ path: shot(`card-alone-${size}`), type: 'png' });
    await page.keyboard.press('1');
    await confirmed(page, 'Đã cho qua');
    expect(await passagesOf(idNumber)).toEqual([
      { full_name: 'Lương Thị Thẻ', decision: 'ADMITTED', evidence: 'CARD_ONLY', declaration_id: null, offline: false },
    ]);
    await handScan(page, aCardCode({ idNumber: refused, fullName: 'Lương Văn Về' }));
    await page.getByRole('heading', { level: 1, name: 'CHƯA CÓ TỜ KHAI' }).waitFor();
    await page.screenshot({ path: shot(`card-none-${size}`), type: 'png' });
    // Meanwhile the scanner has been quiet: a key right behind its last one would be taken for a part of the code.
    await expectAccessible(page);
    // Two keys of somebody who knows them, faster than a scanner types.
    await page.keyboard.type('g2');
    await page.getByRole('heading', { name: 'Từ chối vì sao?' }).waitFor();
    await page.keyboard.press('1');
    await confirmed(page, 'Đã từ chối');
    expect(await passagesOf(refused)).toMatchObject([{ full_name: 'Lương Văn Về', decision: 'REFUSED' }]);
  });

  it('keys in the paper form of who has not declared, with what the card says', async () => {
    const page = await atTheLane(journeys, size);
    const idNumber = anIdNumber();
    await handScan(page, aCardCode({ idNumber, fullName: 'Lữ Thị Phiếu' }));
    await page.getByRole('button', { name: 'Nhập phiếu giấy với thông tin trên thẻ (P)' }).click();
    for (const text of ['Lữ Thị Phiếu', idNumber, '17/05/1990'])
      await expect.poll(() => valuesOf(page)).toContain(text);
    await expectAccessible(page);
  });

  it('picks where several are open under the number, and where the declaration is not like the card', async () => {
    const idNumber = anIdNumber();
    for (const fullName of ['Đinh Thị Một', 'Đinh Thị Hai'])
      await declared(journeys.server, { person: { fullName, idNumber, phone: aPhone() } });
    const page = await atTheLane(journeys, size);
    await handScan(page, `${idNumber}|DINH THI HAI|1990-05-17|0|9f2c|`);
    await page.getByRole('heading', { level: 1, name: 'CHỌN TỜ KHAI' }).waitFor();
    await page.getByText('Có tờ khai ghi họ tên hoặc ngày sinh khác trên thẻ.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Đinh Thị Hai' }).click();
    await shown(page, 'Đinh Thị Hai');
    await page.getByRole('button', { name: 'Bỏ qua' }).click();
    const other = await travelTogether(journeys.server, 'Người Khác');
    await handScan(page, aCardCode({ idNumber: other.idNumber, fullName: 'Kẻ Mượn Thẻ' }));
    await shown(page, 'Kẻ Mượn Thẻ');
    await page.getByText('Trong tỉnh, số giấy tờ này đang đứng tên Người Khác.').waitFor();
    await page.getByRole('button', { name: 'Người Khác' }).waitFor();
    await page.keyboard.press('Escape');
    await ready(page);
  });

  it('is told what a damaged card and the code of something else look like', async () => {
    const page = await atTheLane(journeys, size);
    await handScan(page, aCardCode().slice(0, 50));
    await page.getByText(/trông như mã trên thẻ căn cước.*thiếu mất phần sau/).waitFor();
    await expectAccessible(page);
    await handScan(page, 'https://example.com/menu');
    await page.getByText(/đây là mã của thứ khác/).waitFor();
  });
});

it('without a network a card is enough to record who passes; it is sent later, and finds who declared with its number', async () => {
  const { idNumber } = await travelTogether(journeys.server, 'Phùng Thị Khai');
  const page = await atTheLane(journeys, 'phone');
  await page.route('**/graphql', (route) => route.abort());
  await handScan(page, aCardCode({ idNumber, fullName: 'Phùng Thị Khai' }));
  await page.getByRole('heading', { level: 1, name: 'CHƯA RÕ TỜ KHAI' }).waitFor();
  await shown(page, 'Phùng Thị Khai');
  await expectAccessible(page);
  await page.screenshot({ path: shot('card-away'), type: 'png' });
  await page.getByRole('button', { name: 'Ghi bằng thẻ (G)' }).click();
  await page.getByRole('button', { name: 'Cho qua' }).click();
  await page.getByText('Chưa gửi 1').waitFor();
  await page.unroute('**/graphql');
  await page.getByText('Chưa gửi 0').waitFor({ timeout: 30_000 });
  expect(await passagesOf(idNumber)).toMatchObject([
    { full_name: 'Phùng Thị Khai', decision: 'ADMITTED', evidence: 'CARD_ONLY', offline: true },
  ]);
});

it('an officer reads a card with the camera, its Vietnamese letters too', async () => {
  const page = await atTheLane(journeys, 'desktop', 'on');
  filmOfPass(film, aCardCode({ fullName: 'Nguyễn Thị Ước Mơ' }));
  await page.getByRole('button', { name: 'Tắt camera' }).click();
  await page.getByRole('button', { name: 'Bật camera' }).click();
  await shown(page, 'Nguyễn Thị Ước Mơ');
  await page.getByText('Thôn 3, Quảng Bình, Quảng Xương, Thanh Hóa').waitFor();
  filmOfPass(film, null);
});
