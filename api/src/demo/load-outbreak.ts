import { DAY_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { openCase } from '../tracing/cases.service.ts';
import type { DemoPassage } from './demo-passages.ts';
import type { DemoParts } from './demo-parts.ts';
import type { DemoWeek } from './demo-province.ts';
import { accountIdOf } from './insert-accounts.ts';
import { demoProvinceCode } from './places.ts';
import { Random } from './random.ts';

const windowMs = 15 * MINUTE_MS;
const citizenOf = {
  name: 'demo-citizen-of-declaration',
  text: 'select citizen_id from declaration where province_code = $1 and id = $2',
};

const timeOf = ({ id }: DemoPassage) => uuid7Time(id) ?? 0;

/** Opens a case on somebody who travelled with their household when a checkpoint was busy: a worker then finds whom they met. */
export async function loadOutbreak(parts: DemoParts, week: DemoWeek, now: Date): Promise<void> {
  const first = busiest(week, now.getTime());
  if (!first?.declaration) return;
  const declarationId = first.declaration.id;
  const passedAt = timeOf(first);
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

/** Of those who came in with others in a car some days ago: the one near whom most others passed. */
function busiest({ trips, passages }: DemoWeek, now: number): DemoPassage | null {
  const families = new Set(
    trips
      .filter(({ declarations, direction }) => direction === 'IN' && declarations.length > 2 && declarations.length < 6)
      .flatMap(({ declarations }) => declarations.slice(0, 1).map(({ id }) => id)),
  );
  const candidates = passages.filter(
    (one) => families.has(one.declaration?.id ?? '') && one.decision === 'ADMITTED' && now - timeOf(one) > 2 * DAY_MS,
  );
  const byPlace = Map.groupBy(passages, (one) => `${one.checkpointCode} ${one.direction}`);
  const near = (one: DemoPassage) =>
    (byPlace.get(`${one.checkpointCode} ${one.direction}`) ?? []).filter(
      (other) => Math.abs(timeOf(other) - timeOf(one)) <= windowMs,
    ).length;
  return candidates.reduce<DemoPassage | null>((best, one) => (best && near(best) >= near(one) ? best : one), null);
}
