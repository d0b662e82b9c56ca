import { countUnsettled } from './accounts/unsettled/count-unsettled.service.ts';
import type { Database } from './platform/database/database.ts';
import { inTransaction, noRows, type Transaction } from './platform/database/transaction.ts';
import { importUnits, reportOf, summaryOf, type Reform } from './territory/import/import-units.service.ts';
import { readUnits } from './territory/territory.queries.ts';

export interface Brought {
  /** What was done and what did not map, for the operator to read. */
  said: string[];
  /** What did not map, as CSV. */
  report: string;
}

/** Undoes what a dry run did: it does all that the import does, so that it says nothing else. */
class Undo extends Error {}

/** Brings a reform whole or not at all, or with `dryRun` only says what it would do. */
export async function bringReform(
  database: Database,
  reform: Reform,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<Brought> {
  const brought: Brought = { said: [], report: '' };
  const work = async (tx: Transaction) => {
    const plan = await importUnits(tx, reform);
    const waiting = await countUnsettled(tx, await readUnits(tx), reform.day);
    brought.said.push(...summaryOf(plan, reform.day), waitingLine(waiting));
    brought.report = reportOf(plan);
    if (dryRun) throw new Undo();
  };
  await inTransaction(database, noRows, work).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
    brought.said.push('A dry run: nothing was changed.');
  });
  return brought;
}

const waitingLine = ({ accounts, checkpoints }: { accounts: number; checkpoints: number }) =>
  `${accounts} accounts and ${checkpoints} checkpoints stand at units that were split or lead nowhere: they keep what they had until somebody decides (console: Units).`;
