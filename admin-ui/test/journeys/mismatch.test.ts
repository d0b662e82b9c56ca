import { afterAll, beforeAll, expect, it } from 'vitest';
import { aMismatch } from '#test/mismatch-desk.ts';
import { atTheLane } from './at-the-lane.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
});
afterAll(() => journeys.stop());

const stored = async (citizenId: string) => {
  const [row] = await journeys.server.sql(
    `select c.full_name, v.resolution_kind, v.resolution_reason from registry_verification v
     join citizen c on c.province_code = v.province_code and c.id = v.citizen_id where v.citizen_id = $1`,
    [citizenId],
  );
  return row;
};

it('whom the population database knows otherwise is counted at the lane, corrected or accepted, and waits no longer', async () => {
  const mistyped = await aMismatch(journeys.server, { person: { fullName: 'Nguyễn Thị Hao' } });
  const right = await aMismatch(journeys.server, { person: { fullName: 'Lê Văn Đúng' } }, 'NOT_FOUND');
  const page = await atTheLane(journeys, 'phone');
  await page.getByRole('button', { name: 'Cần kiểm tra 2' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cần kiểm tra' }).waitFor();
  await page.getByRole('button', { name: 'Lê Văn Đúng' }).waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Nguyễn Thị Hao' }).click();
  const task = page.getByRole('region', { name: 'Nguyễn Thị Hao' });
  await task.getByText('Ghi khác: họ và tên').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('1');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  await expectAccessible(page);
  await page.keyboard.type('Nguyễn Thị Hảo');
  // The open list takes its own Escape: what was typed stays.
  const commune = task.locator('input[role=combobox]').first();
  const places = task.getByRole('listbox').getByRole('option');
  await commune.fill('quang xuong');
  await places.first().waitFor();
  await commune.press('Escape');
  await places.first().waitFor({ state: 'hidden' });
  expect(await task.locator('input[name=name]').inputValue()).toBe('Nguyễn Thị Hảo');
  await commune.fill('dong ve');
  await places.first().click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Đã sửa Nguyễn Thị Hao.').waitFor();
  expect(await page.getByRole('button', { name: 'Nguyễn Thị' }).count()).toBe(0);
  expect(await stored(mistyped.citizenId)).toMatchObject({ full_name: 'Nguyễn Thị Hảo' });

  await page.getByRole('button', { name: 'Lê Văn Đúng' }).click();
  await page.getByText('KHÔNG CÓ NGƯỜI NÀY').waitFor();
  await page.getByRole('button', { name: 'Chấp nhận' }).click();
  await page.getByRole('heading', { name: 'Chấp nhận vì sao?' }).waitFor();
  await expectAccessible(page);
  await page.getByLabel('Lý do khác').fill('vội');
  await page.getByRole('button', { name: 'Chấp nhận' }).click();
  await page.getByText('Hãy ghi lý do, từ 5 chữ.').waitFor();
  await page.getByRole('button', { name: 'Đã so với thẻ, đúng người' }).click();
  await page.getByText('Đã chấp nhận Lê Văn Đúng.').waitFor();
  await page.getByText('Không có ai cần kiểm tra.').waitFor();
  expect(await stored(right.citizenId)).toMatchObject({
    full_name: 'Lê Văn Đúng',
    resolution_kind: 'ACCEPTED',
    resolution_reason: 'Đã so với thẻ, đúng người',
  });
  await page.getByRole('button', { name: 'Về làn quét' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sẵn sàng quét' }).waitFor();
  expect(await page.getByRole('button', { name: /Cần kiểm tra \d/ }).count()).toBe(0);
}, 120_000);
