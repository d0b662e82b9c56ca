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
  const notices = [...Map.groupBy(people, ({ checkpointId }) => checkpointId)].flatMap(([checkpointId, own]) =>
    inParts(own.map(({ citizenId }) => citizenId)).map((ids) => ({
      subject: verifiedSubject.of(province, checkpointId),
      text: JSON.stringify(ids),
    })),
  );
  await tellNodes(tx, notices);
}

const inParts = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / mostAtOnce) }, (_, part) =>
    ids.slice(part * mostAtOnce, (part + 1) * mostAtOnce),
  );
