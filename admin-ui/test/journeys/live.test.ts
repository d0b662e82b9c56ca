import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aPassage, declared, record } from '#test/builders.ts';
import { eventually, inNavigation, openAt, signIn } from './at-the-desk.ts';
import { testPassword } from '#test/server.ts';
import type { Page, WebSocketRoute } from 'playwright-core';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
let declarationId: string;
beforeAll(async () => {
  journeys = await startJourneys();
  declarationId = (await declared(journeys.server)).id;
  await nineMoreCheckpoints();
});
afterAll(() => journeys.stop());

/** As many as a province has; somebody passed at each. */
async function nineMoreCheckpoints(): Promise<void> {
  const { server } = journeys;
  const added = await server.sql<{ id: string }>(
    `insert into checkpoint (id, code, name, unit_id, province_code, kind, latitude, longitude, active, created_at)
     select uuidv7(), 'T' || n, 'Chốt số ' || n, unit_id, province_code, kind, latitude - n * 0.05, longitude, true, created_at
     from checkpoint, generate_series(1, 9) n where id = $1 returning id`,
    [server.checkpoints.docXay],
  );
  const ids = added.map(({ id }) => id);
  await server.sql(
    `insert into account_checkpoint select a.id, k from account a, unnest($1::uuid[]) k where a.username = 'officer.38'`,
    [ids],
  );
  await record(
    server,
    ids.map((id) => aPassage(id, { declarationId })),
  );
}

const pass = (decision: 'ADMITTED' | 'REFUSED' = 'ADMITTED') =>
  record(journeys.server, [
    aPassage(journeys.server.checkpoints.docXay, {
      declarationId,
      decision,
      ...(decision === 'REFUSED' ? { reason: 'thiếu giấy' } : {}),
    }),
  ]);
const figure = async (page: Page, label: string) =>
  Number((await page.locator('.figure', { hasText: label }).locator('dd').innerText()).replace(/\D/g, ''));
const fits = (page: Page) =>
  page.evaluate(() => {
    const main = document.querySelector('main') ?? document.body;
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = document.documentElement;
    return {
      across: Math.max(scrollWidth - clientWidth, main.scrollWidth - main.clientWidth),
      down: Math.max(scrollHeight - clientHeight, main.scrollHeight - main.clientHeight),
    };
  });

/** Parts of the page that hold more than they show. */
const cut = (page: Page) =>
  page
    .locator('.live > section')
    .evaluateAll((parts) =>
      parts.filter((part) => part.scrollHeight > part.clientHeight).map((part) => part.getAttribute('aria-label')),
    );

it('a passage shows on the wall within seconds and without a reload, also after the socket was cut', async () => {
  const page = await journeys.visit('desktop', { viewport: { width: 1920, height: 1080 } });
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await page.goto('/admin/live?wall=1');
  await signIn(page, 'analyst.38', testPassword);
  await page.getByText('Đã kết nối, cập nhật mỗi giây').waitFor();
  const before = await figure(page, 'lượt vào hôm nay');
  await pass();
  await eventually(() => figure(page, 'lượt vào hôm nay')).toBe(before + 1);
  await page.getByRole('region', { name: 'Lượt mới nhất' }).getByText('Chốt Dốc Xây').first().waitFor();

  await sockets.at(-1)?.close({ code: 4000, reason: 'cut' });
  await page.getByText('Mất kết nối, đang nối lại.').waitFor();
  await pass();
  await page.getByText('Đã kết nối, cập nhật mỗi giây').waitFor();
  await pass();
  await eventually(() => figure(page, 'lượt vào hôm nay')).toBe(before + 3);
  expect(sockets.length).toBeGreaterThan(1);

  expect(await fits(page)).toEqual({ across: 0, down: 0 });
  expect(await cut(page)).toEqual([]);
  await page
    .getByRole('region', { name: 'Lượt mới nhất' })
    .getByText('Vào · Cần xem lại', { exact: true })
    .first()
    .waitFor();
  await expectAccessible(page);
  const tables = page.getByRole('button', { name: /^Xem bảng/ });
  await tables.nth(0).press('Enter');
  await tables.nth(1).press('Space');
  await page.getByRole('row', { name: /^Chốt Dốc Xây/ }).waitFor();
  await expectAccessible(page);
});

it('fits a phone, where it is reached from the menu', async () => {
  await pass();
  const page = await openAt(journeys, 'phone', '/admin', 'analyst.38');
  await page.getByRole('button', { name: 'Trình đơn' }).click();
  await inNavigation(page, 'Trực tiếp').click();
  await page.getByText('Đã kết nối, cập nhật mỗi giây').waitFor();
  await eventually(() => figure(page, 'lượt vào hôm nay')).toBeGreaterThan(0);
  await expectAccessible(page);
  expect((await fits(page)).across).toBe(0);
  expect(await page.getByRole('link', { name: 'Ngưỡng cảnh báo' }).count()).toBe(0);
});

it('an administrator sets from when on something is an alert, and the wall says so aloud', async () => {
  const page = await openAt(journeys, 'desktop', '/admin/live');
  await page.getByText('Không có gì cần chú ý.').waitFor();
  await page.getByRole('link', { name: 'Ngưỡng cảnh báo' }).press('Enter');
  await page.getByText('Chưa ai đặt ngưỡng ở đây').waitFor();
  await expectAccessible(page);
  const percent = page.getByLabel('Bao nhiêu phần trăm bị từ chối trong giờ qua');
  const atLeast = page.getByLabel('Ít nhất bao nhiêu lượt trong giờ qua');
  await percent.fill('nhiều');
  await percent.press('Enter');
  await page.getByText('Hãy nhập một số').waitFor();
  await percent.fill('500');
  await percent.press('Enter');
  await page.getByText('Từ 1 đến 100.', { exact: true }).waitFor();
  await expectAccessible(page);
  await percent.fill('1');
  await atLeast.fill('1');
  await atLeast.press('Enter');
  await page.getByText('Đã lưu.').waitFor();
  await page.getByText('Đang theo ngưỡng đặt cho Tỉnh Thanh Hóa').waitFor();

  await page.getByRole('main').getByRole('link', { name: 'Trực tiếp' }).press('Enter');
  await page.getByText('Đã kết nối, cập nhật mỗi giây').waitFor();
  await pass('REFUSED');
  const alerts = page.getByRole('region', { name: 'Cần chú ý' });
  // The thresholds are read with the next picture, a minute later at most.
  await alerts.getByText('Chốt Dốc Xây: nhiều lượt bị từ chối', { exact: true }).waitFor({ timeout: 75_000 });
  expect(await alerts.innerText()).toMatch(/bị từ chối\. Từ \d/);
  expect(await figure(page, 'lượt từ chối')).toBeGreaterThan(0);
  await expectAccessible(page);
});

it('is kept on a wall: the flow goes on, and nothing else works there any more', async () => {
  const page = await journeys.visit('desktop');
  let sockets = 0;
  page.on('websocket', () => (sockets += 1));
  await page.goto('/admin/live');
  await signIn(page, 'analyst.38', testPassword);
  await page.getByText('Đã kết nối, cập nhật mỗi giây').waitFor();
  expect(await page.getByRole('navigation').getByRole('link').count()).toBeGreaterThan(3);
  const before = await figure(page, 'lượt vào hôm nay');
  await page.getByRole('button', { name: 'Để trên màn hình tường' }).press('Enter');
  const asked = page.getByRole('dialog', { name: 'Để trên màn hình tường?' });
  await asked.getByText(/30 ngày.*phải đăng nhập lại/).waitFor();
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Thôi' }).press('Enter');
  await page.getByRole('button', { name: 'Để trên màn hình tường' }).press('Enter');
  await asked.getByRole('button', { name: 'Để trên màn hình tường' }).press('Enter');

  const links = page.getByRole('navigation').getByRole('link');
  await eventually(() => links.allInnerTexts()).toEqual(['Trực tiếp']);
  expect(await page.getByRole('button', { name: 'Để trên màn hình tường' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: /Tài khoản của tôi/ }).count()).toBe(0);
  // The socket of before is closed within two seconds, and the next opened by the new cookie.
  await eventually(() => sockets).toBe(2);
  await page.getByText('Đã kết nối, cập nhật mỗi giây').waitFor();
  await pass();
  await eventually(() => figure(page, 'lượt vào hôm nay')).toBe(before + 1);
  await expectAccessible(page);

  await page.goto('/admin/passages');
  await page.getByText('Đã kết nối, cập nhật mỗi giây').waitFor();
  expect(new URL(page.url()).pathname).toBe('/admin/live');
  const { expires } = (await page.context().cookies()).find(({ name }) => name === 'cordon_session') ?? { expires: 0 };
  expect((expires * 1_000 - Date.now()) / 86_400_000).toBeGreaterThan(29);

  const elsewhere = await openAt(journeys, 'desktop', '/admin/profile', 'analyst.38');
  await elsewhere.getByText('Màn hình tường', { exact: true }).waitFor();
  await expectAccessible(elsewhere);
});
