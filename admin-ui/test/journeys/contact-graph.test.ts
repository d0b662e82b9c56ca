import { testPassword } from '#test/server.ts';
import { TraceDesk } from '#test/tracing-desk.ts';
import { XMLParser } from 'fast-xml-parser';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openAt, panel, query, rows, signIn } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys({ demo: true, webGL: true });
  const desk = await TraceDesk.open(journeys.server);
  await desk.drain();
  await desk.close();
});
afterAll(() => journeys.stop());

const graph = (page: Page) => page.getByRole('application');
const told = (page: Page) => page.getByRole('status').filter({ hasText: /^F\d / }).textContent();
/** As the page says it, beside the conditions. */
const people = async (page: Page): Promise<number> => {
  const text = await page
    .getByRole('status')
    .filter({ hasText: /^[\d.]+ người$/ })
    .first()
    .textContent();
  return Number(text?.replace(/\D/g, ''));
};
const fieldsOf = (line: string) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, a, b]) => a ?? b);

async function openGraph(size: Size): Promise<Page> {
  const page = await openAt(journeys, size, '/admin/tracing', 'tracer.38');
  await rows(page).first().getByRole('link').click();
  await page.getByRole('button', { name: 'Đồ thị' }).click();
  await graph(page).waitFor();
  return page;
}

/** How many pixels of what is seen have each colour. */
async function seen(page: Page, colours: readonly string[]): Promise<number[]> {
  const shot = (await graph(page).screenshot()).toString('base64');
  return page.evaluate(
    async ([base64, wanted]) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() };
      return wanted.map((colour) => {
        const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
        let count = 0;
        for (let at = 0; at < data.length; at += 4)
          if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
        return count;
      });
    },
    [shot, colours] as const,
  );
}

describe('the contact graph of the demo outbreak', () => {
  it('is drawn by WebGL, and walked by the keyboard with who and why', async () => {
    const page = await openGraph('desktop');
    await eventually(async () => (await seen(page, ['#d55e00', '#0072b2'])).every((count) => count > 20)).toBe(true);
    expect(await graph(page).getAttribute('aria-label')).toMatch(
      /^Đồ thị tiếp xúc: [\d.]+ người, [\d.]+ lần tiếp xúc$/,
    );
    await expectAccessible(page);

    await graph(page).focus();
    await eventually(() => told(page)).toMatch(/^F0 .+, ca bệnh\./);
    await page.keyboard.press('ArrowDown');
    await eventually(() => told(page)).toMatch(/^F1 .+\. .+(với|nhau|gặp|xe).+/);
    const first = await told(page);
    await page.keyboard.press('ArrowRight');
    await eventually(() => told(page)).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    await eventually(() => told(page)).toBe(first);
    await page.keyboard.press('Enter');
    await panel(page).getByText('Vì sao là người tiếp xúc').waitFor();
    await panel(page).getByText('gặp trực tiếp ca bệnh').waitFor();
    expect(first).toContain(await panel(page).getByRole('heading', { level: 2 }).textContent());
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await eventually(() => graph(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowUp');
    await eventually(() => told(page)).toMatch(/^F0 /);
  });

  it('narrows with the table’s conditions, and by time with a slider for the keyboard', async () => {
    const page = await openGraph('desktop');
    const all = await people(page);
    await page.getByRole('button', { name: '+ Thêm điều kiện' }).click();
    await page.getByRole('button', { name: 'Kiểu tiếp xúc', exact: true }).click();
    // Whoever shares the vehicle passed the same checkpoint too; others only that.
    await page.getByRole('button', { name: 'Cùng xe', exact: true }).click();
    await eventually(() => query(page)['kind']).toBe('SAME_VEHICLE');
    await eventually(() => people(page)).toBeLessThan(all);
    const some = await people(page);
    expect(some).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Bảng', exact: true }).click();
    await eventually(() => rows(page).count()).toBe(some);
    await page.getByRole('button', { name: 'Đồ thị' }).click();
    await page.getByRole('button', { name: 'Bỏ điều kiện' }).first().click();
    await eventually(() => people(page)).toBe(all);

    const since = page.getByRole('slider', { name: 'Từ' });
    await since.focus();
    await page.keyboard.press('End');
    await eventually(() => people(page)).toBeLessThan(all);
    await eventually(() => query(page)['since'] ?? '').toMatch(/^20\d\d-/);
    expect(await since.getAttribute('aria-valuetext')).toMatch(/^\d\d\/\d\d\/20\d\d \d\d:\d\d$/);
    await page.reload();
    await eventually(() => people(page)).toBeLessThan(all);
    await page.getByRole('slider', { name: 'Từ' }).focus();
    await page.keyboard.press('Home');
    await eventually(() => people(page)).toBe(all);
    await eventually(() => query(page)['since']).toBeUndefined();
  });

  it('is opened person by person', async () => {
    const page = await openGraph('desktop');
    const all = await people(page);
    await page.getByLabel('Hiện đủ đến vòng').selectOption('F1');
    await eventually(() => people(page)).toBeLessThan(all);
    const near = await people(page);
    await graph(page).focus();
    await page.keyboard.press('ArrowDown');
    const unfold = page.getByRole('button', { name: 'Mở vòng F2 của người này' });
    for (let turn = 0; turn < near && !(await unfold.isVisible()); turn += 1) await page.keyboard.press('ArrowRight');
    await unfold.click();
    await eventually(() => people(page)).toBeGreaterThan(near);
    expect(await people(page)).toBeLessThanOrEqual(all);
    await page.getByRole('button', { name: 'Thu vòng F2 của người này' }).click();
    await eventually(() => people(page)).toBe(near);
  });

  it('is saved as CSV, GraphML and a picture, each an entry in the audit trail', async () => {
    const page = await openGraph('desktop');
    const all = await people(page);
    const entries = () =>
      journeys.server.sql<{ detail: { rows: number } }>(`select detail from audit_entry where action = 'case.export'`);
    const save = async (name: string): Promise<Download> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return download;
    };
    const before = (await entries()).length;
    const csv = await save('Bảng (CSV)');
    expect(csv.suggestedFilename()).toMatch(/^do-thi-tiep-xuc_[\d-]+\.csv$/);
    const [head = '', ...lines] = (await readFile(await csv.path(), 'utf8')).trimEnd().split('\r\n');
    expect(head).toBe(
      '\uFEFFVòng,Người tiếp xúc,Ngày sinh,Nơi đang ở,Theo dõi,Tiếp xúc lần đầu,Tiếp xúc lần cuối,Với ai,Kiểu tiếp xúc,Lúc,Cách nhau (phút),Chốt,Biển số,Quyết định,Vì sao',
    );
    const names = lines.map((line) => fieldsOf(line));
    expect(new Set(names.map(([generation, name, born]) => `${generation} ${name} ${born}`)).size).toBeGreaterThan(
      all / 2,
    );
    expect(names.every(([generation]) => /^F[12]$/.test(generation ?? ''))).toBe(true);

    const ml = await save('GraphML');
    const options = { ignoreAttributes: false, isArray: (name: string) => name === 'node' || name === 'edge' };
    const { graphml } = new XMLParser(options).parse(await readFile(await ml.path(), 'utf8')) as {
      graphml: { graph: { node: unknown[]; edge: unknown[] } };
    };
    expect(graphml.graph.node).toHaveLength(all + 1);
    expect(graphml.graph.edge.length).toBeGreaterThanOrEqual(all);

    const picture = await readFile(await (await save('Ảnh (PNG)')).path());
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBe(2000);
    await page.getByText(/^Đã lưu [\d.]+ người vào tệp do-thi-tiep-xuc_[\d-]+\.png\.$/).waitFor();
    expect((await entries()).slice(before).map(({ detail }) => detail.rows)).toEqual([all, all, all]);
  });

  it('fits a phone', async () => {
    const page = await openGraph('phone');
    await eventually(async () => (await seen(page, ['#d55e00']))[0]).toBeGreaterThan(20);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await graph(page).focus();
    await page.keyboard.press('ArrowDown');
    const card = page.getByRole('region', { name: 'Đang chọn' });
    await card.getByRole('button', { name: 'Xem chi tiết' }).waitFor();
    expect(await card.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
  });

  it('tells where its part of the page could not be fetched', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/tracing', 'tracer.38');
    await page.route('**/assets/ContactGraph-*.js', (route) => route.abort());
    await rows(page).first().getByRole('link').click();
    await page.getByRole('button', { name: 'Đồ thị' }).click();
    await page.getByRole('alert').getByText('Chưa liên lạc được với máy chủ').waitFor();
    await page.unroute('**/assets/ContactGraph-*.js');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await graph(page).waitFor();
  });

  it('gives way to the table where the browser draws no WebGL, and says so', async () => {
    const page = await journeys.visit('desktop');
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto('/admin/tracing');
    await signIn(page, 'tracer.38', testPassword);
    await rows(page).first().getByRole('link').click();
    await page.getByRole('button', { name: 'Đồ thị' }).click();
    await page.getByRole('alert').filter({ hasText: 'WebGL' }).waitFor();
    await eventually(() => rows(page).count()).toBeGreaterThan(0);
    await expectAccessible(page);
  });
});
