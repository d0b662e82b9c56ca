import { aMismatch, passed } from '#test/mismatch-desk.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { eventually, openAt, panel, query, rows } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys, type Size } from './harness.ts';

let journeys: Journeys;
beforeAll(async () => {
  journeys = await startJourneys();
});
afterAll(() => journeys.stop());

const stored = async (citizenId: string) => {
  const [row] = await journeys.server.sql(
    `select c.full_name, v.resolution_kind, v.resolution_reason, v.due_at is not null as asked_again, v.dead_since
     from registry_verification v join citizen c on c.province_code = v.province_code and c.id = v.citizen_id where v.citizen_id = $1`,
    [citizenId],
  );
  return row;
};

describe.each<Size>(['desktop', 'phone'])('whom the population database knows otherwise, at a %s', (size) => {
  it('is narrowed by the verdict, and accepted by the administrator with a reason', async () => {
    const right = await aMismatch(journeys.server, { person: { fullName: 'Lê Văn Đúng' } }, 'NOT_FOUND');
    await aMismatch(journeys.server, { person: { fullName: 'Phạm Thị Sai' } });
    const page = await openAt(journeys, size, '/admin/mismatches');
    await page.getByRole('heading', { level: 1, name: 'Người cần kiểm tra' }).waitFor();
    await rows(page).first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Thêm điều kiện' }).click();
    await page.getByRole('button', { name: 'CSDL dân cư', exact: true }).click();
    await page.getByRole('button', { name: 'Không có người này' }).click();
    await eventually(() => query(page)).toEqual({ status: 'NOT_FOUND' });
    await eventually(() => rows(page).count()).toBe(1);
    await rows(page).getByText('Lê V. Đ.').click();
    await panel(page).getByText('CSDL dân cư: Không có người này').waitFor();
    await panel(page).getByText('Chốt Dốc Xây').waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Chấp nhận' }).click();
    const question = page.getByRole('dialog', { name: 'Chấp nhận người này?' });
    await question.getByRole('button', { name: 'Chấp nhận', exact: true }).click();
    await question.getByText('Hãy ghi lý do, từ 5 chữ.').waitFor();
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Đã đối chiếu giấy tờ gốc, đúng người' }).click();
    await question.getByRole('button', { name: 'Chấp nhận', exact: true }).click();
    await page.getByText('Đã chấp nhận Lê V. Đ.').waitFor();
    await page.getByText('Không có ai đúng mọi điều kiện trên.').waitFor();
    expect(await stored(right.citizenId)).toMatchObject({
      resolution_kind: 'ACCEPTED',
      resolution_reason: 'Đã đối chiếu giấy tờ gốc, đúng người',
    });
  });
});

it('is corrected once they were seen whole, with a reason for each, and asked about again', async () => {
  const { citizenId } = await aMismatch(journeys.server, { person: { fullName: 'Nguyễn Thị Hao' } });
  const page = await openAt(journeys, 'desktop', `/admin/mismatches?open=${citizenId}`);
  await panel(page).getByText('CSDL dân cư: Ghi khác: họ và tên').waitFor();
  await page.keyboard.press('1');
  const why = panel(page).getByText('Để sửa, bạn cần thấy đầy đủ thông tin. Hãy ghi vì sao.');
  await why.waitFor();
  await page.keyboard.press('2');
  await page.keyboard.press('3');
  await panel(page).getByRole('button', { name: 'Thôi' }).click();
  await panel(page).getByRole('button', { name: 'Chấp nhận' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('1');
  await why.waitFor();
  await panel(page).getByLabel('Lý do', { exact: true }).fill('đối chiếu với thẻ');
  await page.keyboard.press('Enter');
  await panel(page).getByLabel('Họ và tên').waitFor();
  await expectAccessible(page);
  expect(await panel(page).getByLabel('Họ và tên').inputValue()).toBe('Nguyễn Thị Hao');
  await panel(page).getByLabel('Họ và tên').fill('');
  await panel(page).getByLabel('Lý do', { exact: true }).fill('gõ nhầm khi nhập');
  await panel(page).getByRole('button', { name: 'Sửa thông tin' }).click();
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid') ?? 'nowhere')).toBe(
    'true',
  );
  await expectAccessible(page);
  await panel(page).getByRole('button', { name: 'Thôi' }).click();
  await page.keyboard.press('1');
  await panel(page).getByLabel('Họ và tên').waitFor();
  expect(await panel(page).getByLabel('Họ và tên').getAttribute('aria-invalid')).toBeNull();
  await panel(page).getByLabel('Lý do', { exact: true }).fill('gõ nhầm khi nhập');
  await panel(page).getByLabel('Họ và tên').fill('Nguyễn Thị Hảo');
  await panel(page).getByRole('button', { name: 'Sửa thông tin' }).click();
  await page.getByText('Đã sửa Nguyễn T. H.').waitFor();
  expect(await stored(citizenId)).toMatchObject({
    full_name: 'Nguyễn Thị Hảo',
    resolution_kind: 'CORRECTED',
    asked_again: true,
  });
});

it('stands out in the panels of their declaration and passage too, which lead to them', async () => {
  const { id, citizenId, passageId } = await aMismatch(journeys.server, { person: { fullName: 'Đinh Thị Nổi' } });
  const page = await openAt(journeys, 'desktop', `/admin/declarations?open=${id}`);
  await panel(page).getByText('CSDL dân cư: Ghi khác: họ và tên').waitFor();
  await expectAccessible(page);
  await page.goto(`/admin/passages?open=${passageId}`);
  await panel(page).getByText('CSDL dân cư: Ghi khác: họ và tên').waitFor();
  await panel(page).getByRole('link', { name: 'Hồ sơ người này' }).click();
  await eventually(() => query(page)).toEqual({ open: citizenId });
  await panel(page).getByRole('heading', { name: 'Vì sao bạn xem người này?' }).waitFor();
});

it('is settled where they passed last: elsewhere than in the own district, whoever passed here on a day is only shown', async () => {
  const { server } = journeys;
  const person = await aMismatch(server, { person: { fullName: 'Võ Thị Xa' } });
  await server.sql(
    `update registry_verification v set checkpoint_id = k.id, unit_id = k.unit_id from checkpoint k
     where v.citizen_id = $1 and k.id = $2`,
    [person.citizenId, server.checkpoints.cauGhep],
  );
  await server.sql(`update account set unit_id = '381@2021' where username = 'admin.district'`);
  const address = `/admin/mismatches?passedOn=${vietnamDate(new Date())}&state=ANY&open=${person.citizenId}`;
  const page = await openAt(journeys, 'desktop', address, 'admin.district');
  await panel(page).getByText('Sau đó người này đã qua chốt ở địa bàn khác; nơi ấy giải quyết.').waitFor();
  await panel(page).getByRole('heading', { name: 'Võ T. X.' }).waitFor();
  await expectAccessible(page);
  expect(await panel(page).getByRole('button', { name: 'Chấp nhận' }).count()).toBe(0);
  await page.keyboard.press('2');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

describe('look-ups that were given up', () => {
  async function aDeadLetter(failure: 'TIMEOUT' | 'FAULT') {
    const person = await passed(journeys.server);
    await journeys.server.sql(
      `insert into registry_verification (province_code, citizen_id, status, failure, attempts, enqueued_at, dead_since, checkpoint_id, unit_id, passed_at)
       select '38', $1, 'UNAVAILABLE', $2, 8, now(), now(), k.id, k.unit_id, now() from checkpoint k where k.id = $3`,
      [person.citizenId, failure, journeys.server.checkpoints.docXay],
    );
    return person;
  }

  it('are retried one, some and all, with a reason', async () => {
    const [slow, broken] = [await aDeadLetter('TIMEOUT'), await aDeadLetter('FAULT')];
    for (let each = 0; each < 3; each += 1) await aDeadLetter('TIMEOUT');
    const page = await openAt(journeys, 'desktop', '/admin/mismatches');
    await page.getByRole('link', { name: 'Chưa hỏi được' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chưa hỏi được' }).waitFor();
    await eventually(() => rows(page).count()).toBe(5);
    await expectAccessible(page);
    await rows(page).getByText('CSDL dân cư trả lời lỗi').click();
    await panel(page).getByText('Hỏi lại một lần. Nếu vẫn lỗi, báo bên quản lý nền tảng.').waitFor();
    await expectAccessible(page);
    await panel(page).getByRole('button', { name: 'Hỏi lại' }).click();
    const one = page.getByRole('dialog', { name: 'Hỏi lại 1 lượt?' });
    await one.getByRole('button', { name: 'Hỏi lại', exact: true }).click();
    await one.getByText('Hãy ghi lý do, từ 5 chữ.').waitFor();
    await expectAccessible(page);
    await one.getByRole('button', { name: 'CSDL dân cư đã hoạt động lại' }).click();
    await one.getByRole('button', { name: 'Hỏi lại', exact: true }).click();
    await page.getByText('Đã xếp 1 lượt vào hàng đợi.').waitFor();
    await eventually(() => rows(page).count()).toBe(4);
    expect(await stored(broken.citizenId)).toMatchObject({ asked_again: true, dead_since: null });

    await rows(page).first().getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Hỏi lại', exact: true }).click();
    await page.keyboard.type('nền tảng chạy lại');
    await page.keyboard.press('Enter');
    await eventually(() => rows(page).count()).toBe(3);
    await page.getByRole('button', { name: 'Hỏi lại tất cả' }).click();
    await page.keyboard.type('nền tảng chạy lại');
    await page.keyboard.press('Enter');
    await page.getByText('Đã xếp 3 lượt vào hàng đợi.').waitFor();
    await page.getByText('Không có lượt hỏi nào bị bỏ.').waitFor();
    expect(await stored(slow.citizenId)).toMatchObject({ asked_again: true, dead_since: null });
    const entries = await journeys.server.sql(`select reason from audit_entry where action = 'registry.retry'`);
    expect(entries).toHaveLength(3);
  });

  it('say on a phone what they are', async () => {
    await aDeadLetter('FAULT');
    const page = await openAt(journeys, 'phone', '/admin/mismatches/dead-letters');
    await rows(page).first().waitFor();
    await expectAccessible(page);
    await rows(page).first().click();
    await panel(page).getByRole('button', { name: 'Hỏi lại' }).waitFor();
    await expectAccessible(page);
  });
});
