import { inTransaction } from '../platform/database/transaction.ts';
import type { DeclarationRow } from '../declarations/declaration.row.ts';
import { timeOf } from '../declarations/declarations.service.ts';
import { prepareDeclaration } from '../declarations/prepare-declaration.ts';
import { contentHash, readSubmission, storePrepared } from '../declarations/submit-declarations.ts';
import type { CompleteDeclaration } from '../declarations/shared/declaration-draft.ts';
import type { DemoParts } from './demo-parts.ts';
import type { DemoWeek } from './demo-province.ts';
import type { DemoTrip } from './demo-trips.ts';
import { demoProvinceCode } from './places.ts';

const tripsInOneBatch = 150;

/** The texts of passes by declaration, where the declaration belongs to another province: what an officer scans there. */
export type OutboundPasses = ReadonlyMap<string, string>;

/**
 * Stores every trip as its submission would have been, at its own moment. A submission of its own for each takes 8 s for a
 * week, so the room's parts are put together to store many at once.
 */
export async function loadDeclarations(parts: DemoParts, week: DemoWeek): Promise<OutboundPasses> {
  const passes = new Map<string, string>();
  for (const [province, trips] of Map.groupBy(week.trips, ({ provinceCode }) => provinceCode)) {
    for (let from = 0; from < trips.length; from += tripsInOneBatch) {
      const batch = trips.slice(from, from + tripsInOneBatch).flatMap((trip) => readTrip(parts, trip));
      const rows = await store(parts, province, batch);
      if (province !== demoProvinceCode)
        for (const row of rows) passes.set(row.id, await parts.issuer.issue(row, parts));
    }
  }
  await withdrawAll(parts, week);
  return passes;
}

interface ReadDeclaration {
  input: CompleteDeclaration;
  row: DeclarationRow;
}

function readTrip(parts: DemoParts, { declarations, submittedAt, provinceCode }: DemoTrip): ReadDeclaration[] {
  const at = new Date(submittedAt);
  const { inputs, check } = readSubmission(parts.territory, { channel: 'ONLINE', at, inputs: declarations });
  if (!check.ok) throw new Error(`A declaration of the demo would be refused: ${JSON.stringify(check)}`);
  const shared = { channel: 'ONLINE', at, province: provinceCode, submissionId: inputs[0]?.id ?? '' } as const;
  return inputs.map((input) => ({
    input,
    row: prepareDeclaration(parts, { ...shared, input, contentHash: contentHash(parts.keys, input) }),
  }));
}

function store(
  { database, keys }: DemoParts,
  province: string,
  batch: readonly ReadDeclaration[],
): Promise<DeclarationRow[]> {
  const at = batch[0]?.row.submitted_at ?? new Date();
  const [inputs, prepared] = [batch.map(({ input }) => input), batch.map(({ row }) => row)];
  return inTransaction(database, { provinces: [province], accountId: null }, (tx) =>
    storePrepared(tx, keys, { province, at, inputs, prepared }),
  );
}

const withdraw = {
  name: 'demo-withdraw',
  text: `update declaration d set withdrawn_at = w.at from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[])
         as w (province_code, id, occurred_at, at)
         where d.province_code = w.province_code and d.id = w.id and d.occurred_at = w.occurred_at`,
};

async function withdrawAll({ database }: DemoParts, { withdrawals }: DemoWeek): Promise<void> {
  const provinces = [...new Set(withdrawals.map(({ provinceCode }) => provinceCode))];
  await inTransaction(database, { provinces, accountId: null }, (tx) =>
    tx.rows(withdraw, [
      withdrawals.map(({ provinceCode }) => provinceCode),
      withdrawals.map(({ id }) => id),
      withdrawals.map(({ id }) => timeOf(id)),
      withdrawals.map(({ at }) => new Date(at)),
    ]),
  );
}
