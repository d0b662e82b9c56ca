import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditDesk } from '#test/audit-desk.ts';
import { declared } from '#test/builders.ts';
import { eventually, inNavigation, openAt, panel, query, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
let desk: Awaited<ReturnType<typeof auditDesk>>;
let seen: Awaited<ReturnType<typeof declared>>;
beforeAll(async () => {
  journeys = await startJourneys();
  const { server } = journeys;
  desk = await auditDesk(server.ownerUrl);
  seen = await declared(server);
  await server.graphql(
    'query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename } }',
    { payload: seen.qrPayload, here: server.checkpoints.docXay },
    { as: 'officer.38' },
  );
  await server.graphql('{ accounts { totalCount } }', {}, { as: 'officer.38' });
  await desk.seal();
});
afterAll(async () => {
  await desk.stop();
  await journeys.stop();
});

const openTrail = async (address: string, size: Size = 'desktop') => {
  const page = await openAt(journeys, size, address, 'auditor.38');
  await rows(page).first().waitFor();
  return page;
};

describe('an auditor', () => {
  it.each(['desktop', 'phone'] as const)('finds who looked, and what else they did, on a %s', async (size) => {
    const page = await openTrail(`/admin/audit?subject=${seen.id}`, size);
    await page.getByText(`về đối tượng …${seen.id.slice(-6)}`).waitFor();
    await page.getByText(/Đã niêm phong mọi việc trước \d\d\/\d\d\/\d{4} \d\d:\d\d \(khối 1,/).waitFor();
    expect(await rows(page).count()).toBe(1);
    await expectAccessible(page);
    await rows(page).getByText('Quét mã hoặc tìm tờ khai tại chốt').click();
    await panel(page).getByText('Lê Văn Tám').waitFor();
    await panel(page).getByText('Cán bộ chốt').waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('link', { name: 'Mọi việc do người này làm' }).click();
    await page.getByText('do Lê Văn Tám làm').waitFor();
    await eventually(() => rows(page).count()).toBeGreaterThan(2);
    await expectAccessible(page);
  });

  it('adds conditions as sentences, by keyboard too, and the address holds them', async () => {
    const page = await openTrail('/admin/audit');
    await page.getByRole('button', { name: 'Thêm điều kiện' }).click();
    await page.getByRole('button', { name: 'Việc', exact: true }).click();
    await page.getByRole('button', { name: 'Bị từ chối truy cập' }).click();
    await eventually(() => query(page)).toEqual({ action: 'access_refused' });
    await eventually(() => rows(page).count()).toBe(1);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await panel(page).getByText('accounts FORBIDDEN').waitFor();

    await page.getByRole('button', { name: 'Thêm điều kiện' }).click();
    await page.getByRole('button', { name: 'Đối tượng', exact: true }).click();
    await page.getByLabel('Đối tượng').fill('không phải mã');
    await page.keyboard.press('Enter');
    await page.getByText('Đây không phải mã của hệ thống.').waitFor();
    await page.getByLabel('Đối tượng').fill(seen.id);
    await page.keyboard.press('Enter');
    await page.getByText('Không có mục nào đúng mọi điều kiện trên.').waitFor();
    expect(query(page)).toMatchObject({ action: 'access_refused', subject: seen.id });
  });

  it('goes from an entry to the declaration it is about', async () => {
    const page = await openTrail(`/admin/audit?subject=${seen.id}`);
    await rows(page).first().click();
    await panel(page)
      .getByRole('link', { name: `Xem …${seen.id.slice(-6)}` })
      .click();
    await eventually(() => new URL(page.url()).pathname).toBe('/admin/declarations');
    await panel(page).getByText('Nguyễn T. H.').first().waitFor();
  });
});

it('an administrator has no such page', async () => {
  const page = await openAt(journeys, 'desktop', '/admin', 'admin.38');
  await inNavigation(page, 'Tài khoản').first().waitFor();
  expect(await inNavigation(page, 'Nhật ký kiểm toán').count()).toBe(0);
});

it.each(['phone', 'desktop'] as const)('the person sees who looked at the declaration, on a %s', async (size) => {
  const page = await journeys.visit(size);
  await page.goto(`/pass#${seen.secret}`);
  await page.getByText('Ai đã xem tờ khai của bạn').click();
  await page.getByText(/^Cán bộ chốt, .*Thanh Hóa$/).waitFor();
  await page.getByText(/^Quét mã tại chốt · \d\d\/\d\d\/\d{4} \d\d:\d\d$/).waitFor();
  expect(await page.getByText('Lê Văn Tám').count()).toBe(0);
  await expectAccessible(page);
});
