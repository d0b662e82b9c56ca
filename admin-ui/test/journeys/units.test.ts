import { ReformDraft, bringTo } from '#test/reform-desk.ts';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { eventually, openAt, panel } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

// Of Quảng Xương, Thanh Hóa: 16438 takes in 16447 whole; 16453 is split between 16438 and 16456.
const draft = () => new ReformDraft().withoutDistricts('38').merge('16438', '16447').split('16453', '16438', '16456');

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
  await bringTo(journeys.server, draft());
});
afterAll(() => journeys.stop());

describe('the units as a tree', () => {
  it('stand as they were on a day before the reform', async () => {
    const page = await openAt(journeys, 'desktop', '/admin/units?open=16453%402021&at=2025-06-30');
    await panel(page).getByRole('heading', { name: 'Xã Quảng Đức' }).waitFor();
    await page.getByText('Theo ngày 30/06/2025.').waitFor();
    await page.getByRole('treeitem', { name: 'Huyện Quảng Xương', expanded: true }).waitFor();
    await page.getByRole('treeitem', { name: 'Xã Quảng Đức', selected: true }).waitFor();
    await page.getByLabel('Xem theo ngày').fill('01/07/2025');
    await page.getByRole('button', { name: 'Xem', exact: true }).click();
    await page.getByText('Theo ngày 01/07/2025.').waitFor();
    await page.getByRole('button', { name: 'Về hôm nay' }).click();
    await eventually(() => new URL(page.url()).search).toBe('');
  }, 60_000);
});

describe.each<Size>(['phone', 'desktop'])('at a %s a unit', (size) => {
  it('is found by what it was called, and tells what it became and what that was', async () => {
    const page = await openAt(journeys, size, '/admin/units');
    await page.getByRole('searchbox').fill('quang duc quang xuong');
    await page.getByText('đến 30/06/2025').waitFor();
    await page.getByText('nay thuộc: Thị trấn Tân Phong, Xã Quảng Định').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Xã Quảng Đức/ }).click();
    await panel(page).getByText('Không còn', { exact: true }).waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('link', { name: 'Thị trấn Tân Phong, Thanh Hóa' }).click();
    await panel(page).getByText('Đang có', { exact: true }).waitFor();
    for (const before of ['Thị trấn Tân Phong', 'Xã Quảng Trạch', 'Xã Quảng Đức'])
      await panel(page)
        .getByRole('link', { name: `${before}, Quảng Xương, Thanh Hóa` })
        .waitFor();
    await panel(page).getByRole('link', { name: 'Xem tài khoản' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tài khoản' }).waitFor();
  }, 60_000);
});
