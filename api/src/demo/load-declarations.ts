import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { timeOf } from '../declarations/declarations.service.ts';
import { storePastSubmissions, type Submission } from '../declarations/past-submissions.service.ts';
import type { DemoParts } from './demo-parts.ts';
import type { DemoWeek } from './demo-province.ts';
import type { DemoTrip } from './demo-trips.ts';
import { demoProvinceCode } from './places.ts';

// Far from the 10 s that a transaction may last, on a slow machine too.
const tripsInOneBatch = 60;

/** The texts of passes by declaration, where the declaration belongs to another province: what an officer scans there. */
export type OutboundPasses = ReadonlyMap<string, string>;

/** Stores every trip as its submission would have been, at its own moment. */
export async function loadDeclarations(parts: DemoParts, week: DemoWeek): Promise<OutboundPasses> {
  const passes = new Map<string, string>();
  for (const [province, trips] of Map.groupBy(week.trips, ({ provinceCode }) => provinceCode)) {
    for (let from = 0; from < trips.length; from += tripsInOneBatch) {
      const submissions = trips.slice(from, from + tripsInOneBatch).map(submissionOf);
      const rows = await storePastSubmissions(parts, province, submissions);
      if (province !== demoProvinceCode)
        for (const row of rows) passes.set(row.id, await parts.issuer.issue(row, parts));
    }
  }
  await withdrawAll(parts, week);
  return passes;
}

function submissionOf({ submittedAt, declarations }: DemoTrip): Submission {
  return { channel: 'ONLINE', at: new Date(submittedAt), inputs: declarations };
}

const withdraw = {
  name: 'demo-withdraw',
  text: `update declaration d set withdrawn_at = w.at from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[])
         as w (province_code, id, occurred_at, at)
         where d.province_code = w.province_code and d.id = w.id and d.occurred_at = w.occurred_at`,
};

async function withdrawAll({ database }: DemoParts, { withdrawals }: DemoWeek): Promise<void> {
  const provinces = [...new Set(withdrawals.map(({ provinceCode }) => provinceCode))];
  await inTransaction(database, wholeProvinces(provinces), (tx) =>
    tx.rows(withdraw, [
      withdrawals.map(({ provinceCode }) => provinceCode),
      withdrawals.map(({ id }) => id),
      withdrawals.map(({ id }) => timeOf(id)),
      withdrawals.map(({ at }) => new Date(at)),
    ]),
  );
}
