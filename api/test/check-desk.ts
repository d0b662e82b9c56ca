import { declaredPersons } from '#api/declarations/declared-persons.service.ts';
import { Population } from '#api/demo/registry/population.ts';
import type { Database } from '#api/platform/database/database.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { passageChecks } from '#api/passages/passage-checks.service.ts';
import { CheckMetrics } from '#api/registry/checks/check-metrics.ts';
import { CheckWorker, type CheckWorkerParts } from '#api/registry/checks/check-worker.ts';
import type { Registry } from '#api/registry/registry-port.ts';
import { aPassage, declared, record } from './builders.ts';
import { OutboxDesk, asWorker } from './outbox-desk.ts';
import type { TestServer } from './server.ts';
import { testConfig, testKeys } from './test-config.ts';

const population = new Population(38, new Date());

export interface Verification {
  status: string;
  failure: string | null;
  mismatches: string[];
  attempts: number;
  priority: number;
  due_at: Date | null;
  claim: string | null;
  checked_at: Date | null;
  dead_since: Date | null;
  resolution_kind: string | null;
}

/** A server's worker, which tests move by hand: what was recorded is queued, what is queued is asked. */
export class CheckDesk {
  readonly server: TestServer;
  readonly database: Database;
  readonly outbox: OutboxDesk;
  readonly #metrics: CheckMetrics;
  #next = 0;

  private constructor(server: TestServer, database: Database) {
    this.server = server;
    this.database = database;
    this.outbox = new OutboxDesk(database, [passageChecks(() => new Date())]);
    this.#metrics = new CheckMetrics(this.outbox.metrics.registry);
  }

  static async open(server: TestServer): Promise<CheckDesk> {
    return new CheckDesk(server, await asWorker(server.ownerUrl, 8));
  }

  worker(
    registry: Registry,
    changes: Partial<CheckWorkerParts['settings']> = {},
    database = this.database,
  ): CheckWorker {
    return new CheckWorker({
      database,
      keys: testKeys,
      declaredPersons,
      settings: { ...testConfig('').registryChecks, ...changes },
      metrics: this.#metrics,
      now: () => new Date(),
      registry,
      logger: createLogger('silent'),
      random: () => 1,
    });
  }

  /** Somebody of the simulated population database declares, as they are known there unless changed; answers the declaration's id. */
  async aPerson(
    changes: { fullName?: string; dateOfBirth?: string; sex?: 'FEMALE' | 'MALE'; idNumber?: string } = {},
  ): Promise<string> {
    const { idNumber, fullName, dateOfBirth, sex } = population.person((this.#next += 1));
    return (await declared(this.server, { person: { idNumber, fullName, dateOfBirth, sex, ...changes } })).id;
  }

  async pass(declarationId: string, changes: Parameters<typeof aPassage>[1] = {}): Promise<string> {
    const input = aPassage(this.server.checkpoints.docXay, { declarationId, ...changes });
    const [answer] = (await record(this.server, [input])).data.recordPassages;
    if (answer?.__typename !== 'PassageRecorded') throw new Error(`Not recorded: ${JSON.stringify(answer)}`);
    return input.id;
  }

  /** Somebody who passed and is queued. */
  async waiting(...of: Parameters<CheckDesk['aPerson']>): Promise<string> {
    const id = await this.aPerson(...of);
    await this.pass(id);
    await this.outbox.drain();
    return id;
  }

  async verification(declarationId: string): Promise<Verification | undefined> {
    const [row] = await this.server.sql<Verification & Record<string, unknown>>(
      `select v.* from registry_verification v join declaration d on d.citizen_id = v.citizen_id and d.id = $1 where v.province_code = '38'`,
      [declarationId],
    );
    return row;
  }

  metric(name: string): Promise<number> {
    return this.outbox.metric(name);
  }
}
