import { afterAll, beforeAll, expect, it } from 'vitest';
import { aDeclaration, submit } from '#test/builders.ts';
import { demandIn, solveWork, submitWith } from '#test/attacks/solve-work.ts';
import { atTheLane, typeCode } from './at-the-lane.ts';
import { aTraveller, fillAll, passShown, send } from './declaring.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys({ config: { flood: { busyPerSecond: 100_000, workBits: 15 } } });
});
afterAll(() => journeys.stop());

/** Five declarations in somebody's name, so that the person's own is the sixth. */
async function declareFiveTimes(idNumber: string): Promise<void> {
  for (let count = 0; count < 5; count += 1) await submit(journeys.server, [aDeclaration({ person: { idNumber } })]);
}

const stored = async (name: string) =>
  (await journeys.server.sql('select 1 from declaration where full_name = $1', [name])).length;

it('a citizen in whose name others declare sees the phone compute, does nothing, and has a pass', async () => {
  const page = await journeys.visit('phone');
  const traveller = aTraveller({ name: 'Đinh Thị Nga' });
  await declareFiveTimes(traveller.number ?? '');
  await page.goto('/');
  await fillAll(page, [traveller]);
  await send(page);
  await page.getByRole('status').getByText('Máy này tính thêm vài giây rồi tự gửi').waitFor();
  await page.getByRole('progressbar', { name: 'Đang tính' }).waitFor();
  await expectAccessible(page);
  await passShown(page);
  expect(await stored(traveller.name)).toBe(1);
});

it('what was computed is not lost with the network, nor with the page', async () => {
  const page = await journeys.visit('phone');
  const traveller = aTraveller({ name: 'Trịnh Văn Hải', sex: 'Nam' });
  await declareFiveTimes(traveller.number ?? '');
  await page.goto('/');
  await fillAll(page, [traveller]);
  const works: unknown[] = [];
  await page.route('**/graphql', async (route) => {
    const { variables } = route.request().postDataJSON() as { variables: { work?: unknown } };
    if (!variables.work) return route.continue();
    works.push(variables.work);
    return works.length > 3 ? route.continue() : route.abort('connectionreset');
  });
  await send(page);
  await page.getByRole('alert').getByText('Chưa có mạng').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Gửi và nhận mã QR' }).click();
  await passShown(page);
  expect(new Set(works.map((work) => JSON.stringify(work))).size).toBe(1);
  expect(await stored(traveller.name)).toBe(1);
});

it('an outcome that is newer than the page loses no form', async () => {
  const page = await journeys.visit('phone');
  const traveller = aTraveller({ name: 'Chu Thị Liên' });
  await page.goto('/');
  await fillAll(page, [traveller]);
  const newer = { data: { submitDeclarations: [{ __typename: 'SomethingNewer' }] } };
  await page.route('**/graphql', (route) => route.fulfill({ json: newer }));
  await send(page);
  await page.getByRole('alert').getByText('tờ khai vẫn còn trên máy này').waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Gửi lại' }).click();
  await passShown(page);
  expect(await stored(traveller.name)).toBe(1);
});

it('an officer is told how many are open under the number', async () => {
  const traveller = aTraveller();
  await declareFiveTimes(traveller.number ?? '');
  const page = await atTheLane(journeys, 'phone');
  await typeCode(page, traveller.number ?? '');
  await page.getByRole('heading', { level: 1, name: 'Chọn người theo thẻ' }).waitFor();
  expect(await page.getByText('tờ khai còn hạn cùng số giấy tờ').count()).toBe(0);
  const sixth = aDeclaration({ person: { idNumber: traveller.number ?? '' } });
  const demand = demandIn(await submitWith(journeys.server, [sixth]));
  await submitWith(journeys.server, [sixth], solveWork(demand));
  await typeCode(page, traveller.number ?? '');
  await page.getByText('Có 6 tờ khai còn hạn cùng số giấy tờ hoặc số điện thoại này.').waitFor();
  await expectAccessible(page);
});
