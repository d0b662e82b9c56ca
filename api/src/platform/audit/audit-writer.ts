import type { Database } from '../database/database.ts';
import { inTransaction, wholeProvinces } from '../database/transaction.ts';
import { writeAudit, type AuditEntry } from './audit.ts';

/**
 * Enters what must stand in the trail whatever becomes of the request's own transaction, in one of its own on connections of
 * its own: few, so that a flood of refusals waits for them and nobody else does.
 */
export class AuditWriter {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  enter(entry: AuditEntry): Promise<void> {
    return inTransaction(this.#database, wholeProvinces([entry.provinceCode]), (tx) => writeAudit(tx, entry));
  }
}
