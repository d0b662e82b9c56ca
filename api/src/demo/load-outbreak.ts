import { DAY_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { openCase } from '../tracing/cases.service.ts';
import { idTime } from './demo-passages.ts';
import type { DemoParts } from './demo-parts.ts';
import type { DemoWeek } from './demo-province.ts';
import { firstCase } from './first-case.ts';
import { accountIdOf } from './insert-accounts.ts';
import { demoProvinceCode } from './places.ts';
import { Random } from './random.ts';

const citizenOf = {
  name: 'demo-citizen-of-declaration',
  text: 'select citizen_id from declaration where province_code = $1 and id = $2',
};

/** Opens a case on somebody who came in with their household: a worker then finds whom they met, and whom those met. */
export async function loadOutbreak(parts: DemoParts, week: DemoWeek, now: Date): Promise<void> {
  const first = firstCase(week, now.getTime());
  if (!first?.declaration) return;
  const declarationId = first.declaration.id;
  const passedAt = idTime(first.id);
  const accountId = accountIdOf('tracer.38');
  await inTransaction(parts.database, { ...wholeProvinces([demoProvinceCode]), accountId }, async (tx) => {
    const [row] = await tx.rows<{ citizen_id: string }>(citizenOf, [demoProvinceCode, declarationId]);
    if (!row) throw new Error('The demo has no such declaration.');
    const jurisdiction = {
      unitId: `${demoProvinceCode}@2021`,
      isNation: false,
      provinces: [demoProvinceCode],
      unitIds: null,
    };
    const scope = { provinces: [demoProvinceCode], unitIds: null, checkpointIds: null };
    const opening = { viewer: { accountId, jurisdiction }, scope, territory: parts.territory, at: now };
    await openCase(tx, opening, {
      id: new Random(26).uuid7(now.getTime() - MINUTE_MS),
      citizenId: row.citizen_id,
      status: 'CONFIRMED',
      justification: 'PCR dương tính tại bệnh viện huyện, cần truy vết người tiếp xúc',
      onsetOn: vietnamDate(new Date(Math.min(passedAt + DAY_MS, now.getTime()))),
      sampledOn: vietnamDate(now),
      confirmedOn: vietnamDate(now),
    });
  });
}
