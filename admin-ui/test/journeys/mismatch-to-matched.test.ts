import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeHouseholds } from '#api/demo/demo-people.ts';
import { demoPeople, demoSeed } from '#api/demo/demo-province.ts';
import { Random } from '#api/demo/random.ts';
import { Population } from '#api/demo/registry/population.ts';
import { declared } from '#test/builders.ts';
import type { NodeProcess } from '#test/node-process.ts';
import { RegistryProcess } from '#test/registry-process.ts';
import { startWorker } from '#test/worker-process.ts';
import { atTheLane, confirmed, handScan, ready, shown } from './at-the-lane.ts';
import { eventually } from './at-the-desk.ts';
import { expectAccessible, startJourneys, type Journeys } from './harness.ts';

// The page, the server, the worker and the population database as they are: nobody sets a verdict by hand.
let journeys: Journeys;
let simulator: RegistryProcess;
let worker: NodeProcess;
beforeAll(async () => {
  [journeys, simulator] = await Promise.all([startJourneys(), RegistryProcess.start()]);
  worker = await startWorker(journeys.server.ownerUrl, simulator);
});
afterAll(async () => {
  worker.signal('SIGTERM');
  await worker.exited;
  await Promise.all([journeys.stop(), simulator.stop()]);
});

/** Somebody of the demo whose given name the population database has otherwise: as declared, and as known there. */
function aPersonKnownOtherwise() {
  const population = new Population(38, new Date());
  const year = new Date().getUTCFullYear();
  const people = makeHouseholds(new Random(demoSeed), population.communes.of, demoPeople, year);
  for (const { idNumber, fullName, dateOfBirth, sex } of people.flatMap((home) => home.people)) {
    const known = idNumber ? population.find({ idNumber, formerIdNumber: '', fullName, dateOfBirth }) : null;
    if (idNumber && known && known.fullName !== fullName)
      return { person: { idNumber, fullName, dateOfBirth, sex }, knownAs: known.fullName };
  }
  throw new Error('Nobody of the demo has another name in the population database.');
}

const verdictOf = async (declarationId: string) => {
  const [row] = await journeys.server.sql<{ status: string }>(
    'select v.status from registry_verification v join declaration d on d.citizen_id = v.citizen_id and d.id = $1',
    [declarationId],
  );
  return row?.status;
};

it('who is mistyped is recorded without waiting, becomes a task, is corrected by the card, and is matched then', async () => {
  const { person, knownAs } = aPersonKnownOtherwise();
  const { id, qrPayload } = await declared(journeys.server, { person });
  const page = await atTheLane(journeys, 'desktop');
  await handScan(page, qrPayload);
  await shown(page, person.fullName);
  await page.getByRole('button', { name: 'Cho qua' }).click();
  await confirmed(page, 'Đã cho qua');
  await eventually(() => verdictOf(id)).toBe('MISMATCHED');

  // The page asks how many wait when somebody comes back to it.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('button', { name: 'Cần kiểm tra 1' }).click();
  await page.getByRole('button', { name: person.fullName }).click();
  const task = page.getByRole('region', { name: person.fullName });
  await task.getByText('Ghi khác: họ và tên').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('1');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  await page.keyboard.type(knownAs);
  await page.keyboard.press('Control+Enter');
  await page.getByText(`Đã sửa ${person.fullName}.`).waitFor();
  await page.getByText('Không có ai cần kiểm tra.').waitFor();

  await eventually(() => verdictOf(id)).toBe('MATCHED');
  await page.getByRole('button', { name: 'Về làn quét' }).click();
  await ready(page);
  await handScan(page, qrPayload);
  await shown(page, person.fullName);
  expect(await page.getByText(/cơ sở dữ liệu dân cư/i).count()).toBe(0);
}, 180_000);
