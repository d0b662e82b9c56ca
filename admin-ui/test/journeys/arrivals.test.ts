import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { followArrivals } from '#api/passages/arrivals/follow-arrivals.service.ts';
import type { Database } from '#api/platform/database/database.ts';
import { aDeclaration, aPassage, declared, record, submit } from '#test/builders.ts';
import { asWorker, OutboxDesk } from '#test/outbox-desk.ts';
import { aZone, saveZone } from '#test/zones.ts';
import { eventually, openAt, panel, query, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
let worker: Database;
let desk: OutboxDesk;
beforeAll(async () => {
  journeys = await startJourneys();
  worker = await asWorker(journeys.server.ownerUrl);
  desk = new OutboxDesk(worker, [followArrivals]);
});
afterAll(async () => {
  await worker.close();
  await journeys.stop();
});

/** Somebody who was let in at Dốc Xây. */
async function come(fullName: string): Promise<string> {
  const { server } = journeys;
  const { id } = await declared(server, { person: { fullName } });
  await record(server, [aPassage(server.checkpoints.docXay, { declarationId: id })]);
  await desk.drain();
  return id;
}

/** Somebody who was let in by Hà Nội's officer, and stays longer than they said. */
async function comeThroughHanoi(fullName: string): Promise<void> {
  const { server } = journeys;
  const input = aDeclaration({ person: { fullName } });
  const [result] = (await submit(server, [input])).data.submitDeclarations;
  await record(
    server,
    [aPassage(server.checkpoints.hanoi, { qrPayload: result?.receipt.qrPayload ?? '' })],
    'officer.01',
  );
  await desk.drain();
  await server.sql('update declaration set stays_until = current_date - 3 where id = $1', [input.id]);
  await server.sql('update arrival set stays_until = current_date - 3 where declaration_id = $1', [input.id]);
}

it('a commune sees who comes, has come and overstays; enters by the keyboard who reported in, and calls', async () => {
  const { server } = journeys;
  const id = await come('Lê Thị Đến');
  await comeThroughHanoi('Phạm Văn Ở');
  await declared(server, { person: { fullName: 'Trần Thị Sắp' } });
  const page = await openAt(journeys, 'desktop', '/admin/arrivals');
  await page.getByRole('button', { name: 'Đã đến 2' }).waitFor();
  await page.getByRole('button', { name: 'Sắp đến 1' }).waitFor();
  await page.getByText('Chốt Pháp Vân').waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Quá hạn ở lại 1' }).press('Enter');
  await eventually(() => rows(page).count()).toBe(1);
  expect(query(page)).toMatchObject({ show: 'OVERSTAYING' });
  await rows(page).getByText('quá hạn').first().waitFor();
  await page.getByRole('button', { name: /^Đã đến/ }).press('Enter');
  await eventually(() => rows(page).count()).toBe(2);

  await page.goto(`/admin/arrivals?open=${id}`);
  await panel(page).getByRole('heading', { name: 'Lê T. Đ.' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('t');
  await page.getByText('Đã ghi nhận Lê T. Đ. trình báo').waitFor();
  await page.getByRole('button', { name: 'Chưa trình báo 1' }).waitFor();
  await page.keyboard.press('u');
  await page.getByText('Đã rút ghi nhận của Lê T. Đ.').waitFor();
  await page.getByRole('button', { name: 'Chưa trình báo 2' }).waitFor();
  const [row] = await server.sql('select reported_at from arrival where declaration_id = $1', [id]);
  expect(row).toEqual({ reported_at: null });

  await panel(page)
    .getByRole('button', { name: /^Xem số để gọi/ })
    .press('Enter');
  const call = panel(page).getByRole('link', { name: /^Gọi 09\d\d \d{3} \d{3}$/ });
  await call.waitFor();
  expect(await call.getAttribute('href')).toMatch(/^tel:\+849\d{8}$/);
  await panel(page).getByText('Đã ghi lại rằng bạn xem số này.').waitFor();
  await expectAccessible(page);
  const looks = await server.sql(`select subject_ids from audit_entry where action = 'arrival.call'`);
  expect(looks).toEqual([{ subject_ids: [id] }]);
});

it('who comes meanwhile is told, and stands in the list when the reader asks; a zone narrows it', async () => {
  const { server } = journeys;
  await come('Vũ Thị Trước');
  await saveZone(server, aZone({ name: 'Vùng Tân Phong' }));
  await saveZone(server, aZone({ name: 'Vùng khác', unitCodes: ['14812'] }));
  const page = await openAt(journeys, 'desktop', '/admin/arrivals');
  await rows(page).first().waitFor();
  const before = await rows(page).count();
  await come('Đỗ Thị Mới');
  const told = page.getByRole('button', { name: 'Có 1 người mới: hiện lên' });
  await told.waitFor();
  expect(await rows(page).count()).toBe(before);
  await told.press('Enter');
  await eventually(() => rows(page).count()).toBe(before + 1);

  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Vùng dịch', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Vùng khác' }).press('Enter');
  await page.getByText('Không có ai đúng điều kiện này').waitFor();
  await page.getByRole('button', { name: 'trong Vùng khác: đổi điều kiện' }).press('Enter');
  await page.getByRole('button', { name: 'Vùng Tân Phong' }).press('Enter');
  await eventually(() => rows(page).count()).toBe(before + 1);
  await page.getByRole('button', { name: `Đã đến ${before + 1}` }).waitFor();
  await expectAccessible(page);
});

it('fits a phone', async () => {
  await come('Ngô Thị Nhỏ');
  const page = await openAt(journeys, 'phone', '/admin/arrivals');
  await rows(page).first().waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await rows(page).first().getByRole('link').first().click();
  await panel(page).getByRole('heading', { level: 2 }).waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
