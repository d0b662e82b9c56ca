import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '../platform/bus/bus.ts';
import { inTransaction, wholeProvinces, type Transaction } from '../platform/database/transaction.ts';
import type { Logger } from '../platform/observability/logger.ts';
import { HOUR_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { newUuid7 } from '../platform/shared/uuid7.ts';
import { checkpointsAround } from '../checkpoints/checkpoints-around.service.ts';
import { recordPassages, tellRecorded, type RecordPassageInput } from '../passages/recording.service.ts';
import { demoAccounts } from './demo-accounts.ts';
import type { DemoParts } from './demo-parts.ts';
import { demoProvinceCode } from './places.ts';

export interface MovingParts extends DemoParts {
  bus: Bus;
  logger: Logger;
}

const mostInVehicle = 3;
const refusedOf100 = 3;
const inOf100 = 55;

const officers = {
  name: 'demo-officers',
  text: `select a.id, a.unit_id as "unitId", array_agg(ac.checkpoint_id::text) as "checkpointIds"
         from account a join account_checkpoint ac on ac.account_id = a.id where a.username = any($1) and a.demo group by 1, 2`,
};
// Whoever was at no checkpoint since: nobody can be at two ends of the province at once, which would stand out.
const people = {
  name: 'demo-passers',
  text: `select c.id from citizen c where c.province_code = $1 and not exists (
           select from passage p where p.province_code = $1 and p.citizen_id = c.id and p.occurred_at >= $2) order by c.id`,
};
const acrossMs = 2 * HOUR_MS;

interface Officer {
  id: string;
  unitId: string;
  checkpointIds: string[];
}

/** Lets the demo's people pass, for as long as the server runs: recorded as an officer's device would, so that screens move. */
export class DemoTraffic {
  readonly #parts: MovingParts;
  readonly #vehiclesAMinute: number;
  readonly #stopped = new AbortController();
  readonly #running: Promise<void>;

  constructor(parts: MovingParts, vehiclesAMinute: number) {
    this.#parts = parts;
    this.#vehiclesAMinute = vehiclesAMinute;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#pass().catch(({ name }: Error) =>
        this.#parts.logger.warn({ error: name }, 'nobody of the demo passed'),
      );
      const pause = (MINUTE_MS / this.#vehiclesAMinute) * (0.5 + Math.random());
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** One vehicle at one checkpoint. */
  async #pass(): Promise<void> {
    const { database, bus } = this.#parts;
    const outcomes = await inTransaction(database, wholeProvinces([demoProvinceCode]), async (tx) => {
      const officer = pick(await tx.rows<Officer>(officers, [demoAccounts.map(({ username }) => username)]));
      const checkpointId = officer && pick(officer.checkpointIds);
      if (!officer || !checkpointId) return [];
      const passing = await somePeople(tx, 1 + Math.floor(Math.random() * mostInVehicle));
      const around = await checkpointsAround(tx, [checkpointId]);
      const checkpoints = new Map([...around].map(([id, one]) => [id, { ...one, assigned: id === checkpointId }]));
      const recorder = { accountId: officer.id, unitId: officer.unitId, checkpoints };
      return recordPassages(tx, this.#parts, recorder, passagesOf(checkpointId, passing), new Date());
    });
    tellRecorded(bus, outcomes);
  }
}

const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(Math.random() * all.length)];
const happens = (of100: number) => Math.random() * 100 < of100;

/** Neighbours among the ids, who mostly declared together. */
async function somePeople(tx: Transaction, count: number): Promise<string[]> {
  const free = await tx.rows<{ id: string }>(people, [demoProvinceCode, new Date(Date.now() - acrossMs)]);
  const at = Math.floor(Math.random() * free.length);
  return free.slice(at, at + count).map(({ id }) => id);
}

function passagesOf(checkpointId: string, citizenIds: readonly string[]): RecordPassageInput[] {
  const direction = happens(inOf100) ? 'IN' : 'OUT';
  const refused = happens(refusedOf100);
  const way = wayOf(citizenIds.length);
  return citizenIds.map((citizenId) => ({
    id: newUuid7(),
    checkpointId,
    citizenId,
    direction,
    decision: refused ? 'REFUSED' : 'ADMITTED',
    reason: refused ? 'Không có lý do chính đáng' : null,
    evidence: 'CARD_ONLY',
    ...way,
  }));
}

function wayOf(people: number): Pick<RecordPassageInput, 'vehicle' | 'plate'> {
  const digits = String(Math.floor(Math.random() * 100_000)).padStart(5, '0');
  return people > 1 ? { vehicle: 'CAR', plate: `36A${digits}` } : { vehicle: 'MOTORBIKE', plate: `36B1${digits}` };
}
