import type { Transaction } from '../platform/database/transaction.ts';
import { timeOf } from '../declarations/declarations.service.ts';

export const openForMs = 24 * 3_600_000;
/** With what was opened, whole. */
export const openScanned = {
  name: 'open-scanned',
  text: 'select * from open_declarations($1, $2, $3, $4, $5, $6, true)',
};
const openDeclarations = {
  name: 'open-declarations',
  text: 'select id from open_declarations($1, $2, $3, $4, $5, $6, false)',
};

/** A declaration of any province, and the checkpoint where its person stood. */
export interface Presence {
  checkpointId: string;
  province: string;
  id: string;
}

/** Who was proven present at a checkpoint of a province: their declarations are open there for 24 hours. */
export async function openHere(tx: Transaction, here: string, present: readonly Presence[], at: Date): Promise<void> {
  if (present.length === 0) return;
  const ids = present.map(({ id }) => id);
  await tx.rows(openDeclarations, [
    here,
    present.map(({ checkpointId }) => checkpointId),
    present.map(({ province }) => province),
    ids,
    ids.map(timeOf),
    new Date(at.getTime() + openForMs),
  ]);
}
