import 'reflect-metadata';
import type { Database } from '#api/platform/database/database.ts';
import { countDueDays } from '#api/reports/count-due-days.service.ts';
import { keepRollups } from '#api/reports/keep-rollups.service.ts';
import { asWorker, OutboxDesk } from './outbox-desk.ts';
import type { TestServer } from './server.ts';

/** What the worker does for the reports, when a test says so. */
export class ReportDesk {
  readonly database: Database;
  readonly outbox: OutboxDesk;

  private constructor(database: Database) {
    this.database = database;
    this.outbox = new OutboxDesk(database, [keepRollups(() => new Date())]);
  }

  static async open({ ownerUrl }: Pick<TestServer, 'ownerUrl'>): Promise<ReportDesk> {
    return new ReportDesk(await asWorker(ownerUrl));
  }

  /** Handles all events, and counts what is due then. */
  async count(): Promise<void> {
    await this.outbox.drain();
    await countDueDays(this.database, new Date());
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
