import { DAY_MS } from '../platform/shared/instant.ts';
/** For how many days each kind of row is kept, after which it is dropped unless it is held. */
export interface RetentionDays {
  passages: number;
  declarations: number;
  /** Citizens whom no passage and no declaration names any more. */
  citizens: number;
  /** What scans opened, after it is shut. */
  opened: number;
  outbox: number;
  auditEntries: number;
  /** What receipts show of who looked. */
  auditAccess: number;
  sessions: number;
  attempts: number;
  /** How much partner apps asked for, by day, and their last errors. */
  partnerUse: number;
  /** That a file of rows was asked for, long after the file expired. */
  exports: number;
}

export const defaultDays: Readonly<RetentionDays> = {
  passages: 21,
  declarations: 21,
  citizens: 21,
  opened: 2,
  outbox: 7,
  auditEntries: 1_095,
  auditAccess: 30,
  sessions: 7,
  attempts: 30,
  partnerUse: 400,
  exports: 30,
};

/** Passages and declarations may come two weeks late; the database refuses to drop what is younger than these. An app's page shows its use of ninety days. */
export const leastDays: Readonly<RetentionDays> = {
  passages: 15,
  declarations: 15,
  citizens: 15,
  opened: 1,
  outbox: 2,
  auditEntries: 365,
  auditAccess: 15,
  sessions: 1,
  attempts: 1,
  partnerUse: 90,
  exports: 8,
};

export const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS);
