import { aPassage, anIdNumber, declared, record } from '#test/builders.ts';
import { TraceDesk } from '#test/tracing-desk.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, inNavigation, openAt, panel, query, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';
import { pdfText } from './pdf-text.ts';

let journeys: Journeys;
let desk: TraceDesk;
beforeAll(async () => {
  journeys = await startJourneys();
  desk = await TraceDesk.open(journeys.server);
});
afterAll(async () => {
  await desk.close();
  await journeys.stop();
});

const minute = 60_000;
const day = 24 * 60 * minute;
const tracer = 'tracer.38';
const reason = 'Xét nghiệm dương tính tại trạm y tế';
let homes = 0;

/** Somebody with a home and a vehicle of their own, who passed at Chốt Cầu Ghép so many minutes into the last day and a half. */
async function passed(fullName: string, times: readonly number[], idNumber = anIdNumber()): Promise<string> {
  homes += 1;
  const line = `Nhà số ${homes} ngõ ${homes * 7}`;
  const { id } = await declared(journeys.server, {
    person: { fullName, idNumber, permanentAddress: { line, unitCode: '00001' } },
    journey: {
      destinationAddress: { line, unitCode: homes % 2 ? '16438' : '16447' },
      plate: `36C${String(10_000 + homes)}`,
      departsAt: new Date(Date.now() - 4 * day),
    },
  });
  const at = Date.now() - 1.5 * day;
  for (const minutes of times) {
    const passage = aPassage(journeys.server.checkpoints.cauGhep, {
      declarationId: id,
      id: newUuid7(at + minutes * minute),
    });
    const { data } = await record(journeys.server, [passage]);
    if (data.recordPassages[0]?.__typename !== 'PassageRecorded') throw new Error(JSON.stringify(data));
  }
  return idNumber;
}

/** Who met the case at the checkpoint, another who did, and who met only the first of them later. */
async function anOutbreak(of: string, begins: number): Promise<{ idNumber: string }> {
  const idNumber = await passed(`Lê Thị Gốc ${of}`, [begins]);
  await passed(`Trần Văn Một ${of}`, [begins + 4, begins + 60]);
  await passed(`Phạm Thị Khác ${of}`, [begins + 10]);
  await passed(`Ngô Văn Hai ${of}`, [begins + 66]);
  return { idNumber };
}

async function openCase(page: Page, idNumber: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Mở ca bệnh' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Mở ca bệnh' }).waitFor();
  await page.getByLabel('Tìm người', { exact: true }).fill(idNumber);
  await page.getByLabel('Vì sao bạn tìm người này').fill(reason);
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.getByRole('radio', { name: 'Ca xác định' }).check({ force: true });
  await page.getByRole('button', { name: 'Mở ca bệnh' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
/** By the name that the row is about: others stand in its reasons. */
const row = (page: Page, name: string): Locator =>
  rows(page).filter({ has: page.locator('td:first-child b', { hasText: name }) });

describe.each<Size>(['desktop', 'phone'])('a tracer at a %s', (size) => {
  const begins = size === 'desktop' ? 0 : 600;

  it('opens a case, sees F1 and F2 with the reason of each, dismisses one and takes it back', async () => {
    const { idNumber } = await anOutbreak(size, begins);
    const page = await openAt(journeys, size, '/admin/tracing', tracer);
    await page.getByRole('heading', { level: 1, name: 'Truy vết' }).waitFor();
    await expectAccessible(page);
    await openCase(page, idNumber, `Lê Thị Gốc ${size}`);
    await page.getByText('Đang tìm người tiếp xúc').waitFor();
    await desk.drain();
    await row(page, `Trần Văn Một ${size}`)
      .getByText('cùng chiều với Lê Thị Gốc')
      .filter({ visible: true })
      .first()
      .waitFor();
    await row(page, `Ngô Văn Hai ${size}`).getByText('F2').filter({ visible: true }).first().waitFor();
    await expectAccessible(page);

    await row(page, `Trần Văn Một ${size}`).getByRole('link').click();
    await panel(page).getByText('gặp trực tiếp ca bệnh').waitFor();
    await panel(page).getByText(`Qua Chốt Cầu Ghép cùng chiều với Lê Thị Gốc ${size}, cách nhau 4 phút`).waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Loại', exact: true }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Loại tiếp xúc này?' });
    await dialog.getByRole('button', { name: 'Loại', exact: true }).click();
    await dialog.getByText('Hãy ghi lý do').waitFor();
    await dialog.getByLabel('Lý do').fill('Hai người đi hai làn khác nhau');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Loại', exact: true }).click();
    await page.getByText('Đã loại tiếp xúc.').waitFor();
    await desk.drain();
    await panel(page).getByText('Đã loại: không dẫn tới ai').waitFor();
    await eventually(() => row(page, `Ngô Văn Hai ${size}`).count()).toBe(0);

    await panel(page).getByRole('button', { name: 'Lấy lại' }).click();
    const back = page.getByRole('dialog', { name: 'Lấy lại quyết định?' });
    await back.getByLabel('Lý do').fill('Camera cho thấy họ có gặp nhau');
    await back.getByRole('button', { name: 'Lấy lại' }).click();
    await page.getByText('Đã lấy lại quyết định.').waitFor();
    await desk.drain();
    await eventually(() => row(page, `Ngô Văn Hai ${size}`).count()).toBe(1);
  });

  it('narrows the contacts in the address, and walks the transmission tree by the keyboard', async () => {
    const page = await openAt(journeys, size, '/admin/tracing', tracer);
    await row(page, `Lê Thị Gốc ${size}`).getByRole('link').click();
    await row(page, `Ngô Văn Hai ${size}`).waitFor();
    await page.getByRole('button', { name: '+ Thêm điều kiện' }).click();
    await page.getByRole('button', { name: 'Vòng', exact: true }).click();
    await page.getByRole('button', { name: 'F2', exact: true }).click();
    await eventually(() => rows(page).count()).toBe(1);
    expect(query(page)).toMatchObject({ generation: '2' });
    await page.reload();
    await row(page, `Ngô Văn Hai ${size}`).waitFor();

    await page.getByRole('button', { name: 'Cây lây truyền' }).click();
    const tree = page.getByRole('tree', { name: 'Cây lây truyền' });
    await tree.getByRole('treeitem').nth(2).waitFor();
    await expectAccessible(page);
    const item = (name: string) => tree.getByRole('treeitem').filter({ hasText: `${name} ${size}` });
    const levelOf = (name: string) => item(name).first().getAttribute('aria-level');
    const first = tree.getByRole('treeitem').filter({ hasText: `F1 Trần Văn Một ${size}` });
    const second = tree.getByRole('treeitem').filter({ hasText: `F2 Ngô Văn Hai ${size}` });
    expect([await levelOf('F0 Lê Thị Gốc'), await first.getAttribute('aria-level')]).toEqual(['1', '2']);
    expect(await second.getAttribute('aria-level')).toBe('3');
    await tree.getByRole('treeitem').first().focus();
    await page.keyboard.press('ArrowDown');
    await eventually(() => first.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowLeft');
    await eventually(() => second.count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await eventually(() => second.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await panel(page).getByText('gặp một F1').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => second.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('says what became of a contact, takes it back, and prints the lists of the communes', async () => {
    const page = await openAt(journeys, size, '/admin', tracer);
    if (size === 'phone') await page.getByRole('button', { name: 'Trình đơn' }).click();
    await inNavigation(page, 'Theo dõi tiếp xúc').click();
    await page.getByText('Không có ai trong danh sách này').waitFor();
    await page.getByRole('button', { name: 'Tất cả' }).click();
    await row(page, `Phạm Thị Khác ${size}`).getByRole('link').click();
    await panel(page)
      .getByRole('heading', { name: `Phạm Thị Khác ${size}` })
      .waitFor();
    await expectAccessible(page);
    const isolating = panel(page).getByRole('button', { name: 'Đang cách ly' });
    await isolating.click();
    await page.getByText(`Phạm Thị Khác ${size}: Đang cách ly.`).waitFor();
    expect(await isolating.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await eventually(() => isolating.getAttribute('aria-pressed')).toBe('false');
    await panel(page).getByLabel('Ghi chú').fill('Gọi hai lần chưa được');
    await panel(page).getByRole('button', { name: 'Lưu ghi chú' }).click();
    await panel(page).getByText('Đã lưu ghi chú.').waitFor();
    await page.keyboard.press('Escape');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'In theo xã (PDF)' }).click(),
    ]);
    const text = pdfText(await readFile(await download.path()));
    expect(text).toContain('Quảng Xương');
    expect(text).toContain(`Phạm Thị Khác ${size}`);
    expect(text).toContain('Gọi hai lần chưa được');
    // Its column is as wide as its words.
    expect(text).toContain('Vòng');
  });
});

describe('a case', () => {
  it('is opened once on somebody, needs a status and a reason, and is closed with a verdict', async () => {
    const idNumber = await passed('Vũ Thị Riêng', [1200]);
    const page = await openAt(journeys, 'desktop', '/admin/tracing', tracer);
    await openCase(page, idNumber, 'Vũ Thị Riêng');
    await desk.drain();
    await page.getByText('Chưa tìm thấy người tiếp xúc nào').waitFor();

    await page.getByRole('link', { name: 'Truy vết' }).last().click();
    await page.getByRole('button', { name: 'Mở ca bệnh' }).first().click();
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.getByText('Hãy nhập ít nhất 2 chữ.').waitFor();
    await page.getByLabel('Tìm người', { exact: true }).fill(idNumber);
    await page.getByLabel('Vì sao bạn tìm người này').fill(reason);
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.getByRole('button', { name: /Vũ Thị Riêng/ }).click();
    await page.getByRole('button', { name: 'Mở ca bệnh' }).click();
    await page.getByText('Hãy chọn mức xác định.').waitFor();
    await page.getByRole('checkbox', { name: 'Tự đặt thời gian lây' }).check();
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: 'Tự đặt thời gian lây' }).uncheck();
    await page.getByRole('radio', { name: 'Ca nghi ngờ' }).check({ force: true });
    await page.getByRole('button', { name: 'Mở ca bệnh' }).click();
    await page.getByText('Người này đang có một ca bệnh chưa đóng.').waitFor();

    await page.goto('/admin/tracing?open=yes');
    await row(page, 'Vũ Thị Riêng').getByRole('link').click();
    await page.getByRole('button', { name: 'Đóng ca…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Đóng ca bệnh này?' });
    await dialog.getByLabel('Lý do').fill('Xét nghiệm lại âm tính');
    await dialog.getByRole('button', { name: 'Đóng ca' }).click();
    await dialog.getByText('Hãy chọn kết luận.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Thôi', exact: true }).click();
    await page.getByRole('button', { name: 'Đóng ca…' }).click();
    await dialog.getByLabel('Lý do').fill('Xét nghiệm lại âm tính');
    expect(await dialog.getByText('Hãy chọn kết luận.').count()).toBe(0);
    await dialog.getByRole('radio', { name: 'Không phải ca bệnh' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Đóng ca' }).click();
    await page.getByText('Đã đóng').waitFor();
    await page.getByText('Xét nghiệm lại âm tính').waitFor();
  });

  it('is changed where more is known, with a reason', async () => {
    const idNumber = await passed('Đào Văn Sửa', [1300]);
    const page = await openAt(journeys, 'phone', '/admin/tracing', tracer);
    await openCase(page, idNumber, 'Đào Văn Sửa');
    await desk.drain();
    await page.getByRole('link', { name: 'Sửa ca…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sửa ca bệnh' }).waitFor();
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Hãy ghi lý do').waitFor();
    await page.getByLabel('Lý do sửa').fill('Người bệnh nhớ lại ngày khởi phát');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Chưa có gì thay đổi.').waitFor();
    await page.getByLabel('Ngày khởi phát').fill('01/11/2026');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByRole('heading', { level: 1, name: 'Đào Văn Sửa' }).waitFor();
    await page.getByText('01/11/2026').first().waitFor();
  });

  it('is opened for each row of a list that names one person, and of the others it is told why not', async () => {
    const idNumber = await passed('Mai Thị Danh', [1400]);
    const page = await openAt(journeys, 'desktop', '/admin/tracing', tracer);
    await page.getByRole('link', { name: 'Tải lên danh sách' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tải lên danh sách ca bệnh' }).waitFor();
    await page.getByRole('button', { name: 'Tải lên và mở ca' }).click();
    await page.getByText('Hãy chọn tệp.').waitFor();
    const list = ['Số giấy tờ,Họ và tên', `${idNumber},Mai Thị Danh`, `${anIdNumber()},Ai Đó`, '12,Không Số'];
    const buffer = Buffer.from(list.join('\n'));
    await page.locator('input[type=file]').setInputFiles({ name: 'ca-benh.csv', mimeType: 'text/csv', buffer });
    await page.getByText('ca-benh.csv').waitFor();
    await page.getByLabel('Lý do mở ca').fill('Danh sách ca bệnh trong ngày');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tải lên và mở ca' }).click();
    await page.getByText('1 ca đã mở').waitFor();
    await page.getByText('Số giấy tờ phải có 12 hoặc 9 chữ số.').waitFor();
    await page.getByText('Không có ai mang số này').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Xem ca bệnh ở dòng 2' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mai Thị Danh' }).waitFor();
  });

  it('has whom somebody says to have met, whom no passage and no address tells of', async () => {
    const { idNumber } = await anOutbreak('kể', 2000);
    const other = await passed('Hồ Thị Kể', [2090]);
    const further = await passed('Cao Văn Xa', [2120]);
    const page = await openAt(journeys, 'desktop', '/admin/tracing', tracer);
    await openCase(page, idNumber, 'Lê Thị Gốc kể');
    await desk.drain();
    await row(page, 'Trần Văn Một kể').waitFor();
    async function name(number: string, whom: string): Promise<void> {
      await page.getByRole('heading', { level: 1, name: 'Thêm người đã gặp' }).waitFor();
      await page.getByLabel('Tìm người', { exact: true }).fill(number);
      await page.getByLabel('Vì sao bạn tìm người này').fill('Người bệnh kể lại khi được hỏi');
      await page.getByRole('button', { name: 'Tìm', exact: true }).click();
      await page.getByRole('button', { name: new RegExp(whom) }).click();
      await page.getByRole('button', { name: 'Thêm tiếp xúc' }).click();
      await page.getByText('Hãy nhập ngày và giờ.').waitFor();
      await expectAccessible(page);
      const met = new Date(Date.now() + 7 * 60 * minute - 10 * minute).toISOString().slice(0, 16);
      await page.getByLabel('Gặp lúc nào').fill(met);
      await page.getByRole('button', { name: 'Thêm tiếp xúc' }).click();
      await page.getByRole('heading', { level: 1, name: 'Lê Thị Gốc kể' }).waitFor();
      await desk.drain();
    }
    await page.getByRole('link', { name: 'Thêm người đã gặp…' }).click();
    await page.getByText('Theo lời kể của Lê Thị Gốc kể').waitFor();
    await name(other, 'Hồ Thị Kể');
    await row(page, 'Hồ Thị Kể').getByText('Có người khai là đã gặp Lê Thị Gốc kể').filter({ visible: true }).waitFor();

    await row(page, 'Trần Văn Một kể').getByRole('link').click();
    await panel(page).getByRole('link', { name: 'Người này kể đã gặp ai…' }).click();
    await page.getByText('Theo lời kể của Trần Văn Một kể').waitFor();
    await name(further, 'Cao Văn Xa');
    await row(page, 'Cao Văn Xa')
      .getByText('Có người khai là đã gặp Trần Văn Một kể')
      .filter({ visible: true })
      .waitFor();
  });

  it('is opened on a contact who tested positive, from their task', async () => {
    const { idNumber } = await anOutbreak('riêng', 1700);
    const page = await openAt(journeys, 'desktop', '/admin/tracing', tracer);
    await openCase(page, idNumber, 'Lê Thị Gốc riêng');
    await desk.drain();
    await page.goto('/admin/follow-ups?list=ALL');
    await row(page, 'Phạm Thị Khác riêng').getByRole('link').click();
    await panel(page).getByRole('button', { name: 'Dương tính' }).click();
    await panel(page).getByRole('button', { name: 'Mở ca bệnh cho người này' }).click();
    // The list, which names them too, is gone by then.
    await page.getByLabel('Lý do mở ca').waitFor();
    await page.getByText('Phạm Thị Khác riêng').waitFor();
    expect(await page.getByLabel('Lý do mở ca').inputValue()).toBe('Người tiếp xúc có kết quả xét nghiệm dương tính');
    await page.getByRole('radio', { name: 'Ca xác định' }).check({ force: true });
    await page.getByRole('button', { name: 'Mở ca bệnh' }).click();
    await page.getByRole('heading', { level: 1, name: 'Phạm Thị Khác riêng' }).waitFor();
  });
});
