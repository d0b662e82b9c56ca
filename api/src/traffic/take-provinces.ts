import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import type { Database } from '../platform/database/database.ts';
import { DAY_MS } from '../platform/shared/instant.ts';
import { checkpointsInScope } from '../checkpoints/checkpoints.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { hitsSince } from './hits.queries.ts';
import type { OtherDays } from './other-days.ts';
import { takePicture } from './picture.queries.ts';
import type { Taken } from './taken.ts';
import { thresholdsOf } from './thresholds/thresholds-of.ts';
import { readThresholds } from './thresholds/thresholds.queries.ts';
import { TrafficBook } from './traffic-book.ts';

/** All that a node wants to know of some provinces, in one look: a number of statements that does not grow with them. */
export function takeProvinces(
  { database, territory, otherDays }: { database: Database; territory: Territory; otherDays: OtherDays },
  provinces: readonly string[],
  now: number,
): Promise<Map<string, Taken>> {
  return inTransaction(database, wholeProvinces(provinces), async (tx) => {
    const all = await checkpointsInScope(tx, { provinces, unitIds: null, checkpointIds: null });
    const picture = await takePicture(tx, provinces, now);
    const hits = await hitsSince(tx, provinces, now - DAY_MS);
    const { usual, yesterday } = await otherDays.of(tx, provinces, now);
    const set = await readThresholds(tx);
    const thresholds = new Map(
      all.map(({ id, unitId }) => [id, thresholdsOf(set, territory, territory.today(unitId)).thresholds]),
    );
    const { snapshot } = picture;
    const provinceOf = new Map(all.map(({ id, provinceCode }) => [id, provinceCode]));
    const rows = Map.groupBy(picture.rows, ({ checkpointId }) => provinceOf.get(checkpointId));
    return new Map(
      provinces.map((code) => {
        const own = all.filter(({ provinceCode }) => provinceCode === code);
        return [
          code,
          {
            checkpoints: new Map(own.map((checkpoint) => [checkpoint.id, checkpoint])),
            book: TrafficBook.of(rows.get(code) ?? [], now),
            snapshot,
            hits: hits.filter(({ province }) => province === code),
            usual: new Map([...usual].filter(([id]) => provinceOf.get(id) === code)),
            yesterday,
            thresholds,
          },
        ];
      }),
    );
  });
}
