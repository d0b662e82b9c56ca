import { z } from 'zod';
import { tellNodes } from '../platform/bus/notices.ts';
import { subjectsOf } from '../platform/bus/subject.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** By the checkpoint where the person passed last. */
export const verifiedSubject = subjectsOf('verified');

export const readVerified = (text: string): string[] => z.array(z.uuid()).parse(JSON.parse(text));

// As many ids as a notice surely holds.
const mostAtOnce = 150;

/** Tells of people for whom a verdict came, by the checkpoint where it concerns somebody. */
export async function tellVerified(
  tx: Transaction,
  province: string,
  people: ReadonlyArray<{ citizenId: string; checkpointId: string }>,
): Promise<void> {
  for (const [checkpointId, own] of Map.groupBy(people, (one) => one.checkpointId))
    for (let from = 0; from < own.length; from += mostAtOnce) {
      const ids = own.slice(from, from + mostAtOnce).map(({ citizenId }) => citizenId);
      await tellNodes(tx, verifiedSubject.of(province, checkpointId), JSON.stringify(ids));
    }
}
