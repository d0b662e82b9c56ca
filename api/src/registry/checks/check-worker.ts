import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../platform/observability/logger.ts';
import type { Registry } from '../registry-port.ts';
import { RegistryGate } from './ask-registry.ts';
import { CheckQueue, mostTaken, type QueueParts } from './check-queue.ts';
import { afterFailure, cannotBeAsked, verdictOf, type Outcome } from './outcome.ts';
import { Pace } from './pace.ts';
import type { ReadCheck } from './read-people.ts';
import { OutcomeStore } from './store-outcomes.ts';

const idleMs = 1_000;
// What is taken ahead of being asked: two seconds' worth, so that who becomes urgent does not wait behind many.
const aheadSeconds = 2;

export interface CheckWorkerParts extends QueueParts {
  registry: Registry;
  logger: Logger;
  random: () => number;
}

type Waiting = ReadCheck & { until: Date };

/**
 * Asks the population database about everybody who waits: at a pace, so many at once, urgent ones first, and not at all while it is
 * away. What was taken and not answered, by a worker that was killed, is due again when its lease has ended.
 */
export class CheckWorker {
  readonly #parts: CheckWorkerParts;
  readonly #gate: RegistryGate;
  readonly #queue: CheckQueue;
  readonly #store: OutcomeStore;
  readonly #pace: Pace;
  readonly #stopping = new AbortController();
  readonly #ahead: number;
  #waiting: Waiting[] = [];
  #taking: Promise<number> | null = null;
  #current: Promise<void> = Promise.resolve();
  #underWay = 0;
  #running: Promise<void> | null = null;

  constructor(parts: CheckWorkerParts) {
    const { settings, now, registry, database } = parts;
    this.#parts = parts;
    this.#gate = new RegistryGate(registry, settings, now);
    this.#queue = new CheckQueue(parts);
    this.#store = new OutcomeStore(database, () => {
      const at = now();
      return { at, freshUntil: new Date(at.getTime() + settings.freshMs) };
    });
    this.#pace = new Pace(settings.perSecond);
    // One for each question under way.
    setMaxListeners(0, this.#stopping.signal);
    this.#ahead = Math.min(mostTaken, Math.max(settings.concurrency, Math.ceil(settings.perSecond * aheadSeconds)));
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Gives up what is under way and gives back what was taken. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#giveBack();
    await this.#store.stored();
  }

  /** Answers all that is due, as long as the remote answers. */
  async drain(): Promise<void> {
    this.#parts.metrics.breaker(this.#gate.state);
    await this.#queue.survey();
    const runners = Array.from({ length: this.#parts.settings.concurrency }, () => this.#ask());
    const failed = (await Promise.allSettled(runners)).find(({ status }) => status === 'rejected');
    await this.#taking?.catch(() => undefined);
    this.#giveBack();
    await this.#store.stored();
    if (failed) throw (failed as PromiseRejectedResult).reason;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.drain().catch(({ name }: Error) =>
        this.#parts.logger.warn({ error: name }, 'checks could not be read or stored'),
      );
      await sleep(idleMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One of those who ask at once: until nobody waits, or nobody is to be asked. */
  async #ask(): Promise<void> {
    for (let next = await this.#next(); next; next = await this.#next()) {
      this.#current = this.#answer(next).finally(() => (this.#underWay -= 1));
      await this.#current;
    }
  }

  async #next(): Promise<Waiting | null> {
    while (!this.#stopping.signal.aborted && !this.#gate.shutUntil) {
      const next = this.#waiting.shift();
      if (next) {
        this.#underWay += 1;
        // The next are read while these are asked about. What fails of it fails again where it is waited for.
        if (this.#waiting.length < this.#ahead / 2 && !this.#gate.isTrying) this.#fill().catch(() => undefined);
        return next;
      }
      // After an outage one goes first, and what comes of it holds for the others.
      if (this.#gate.isTrying && this.#underWay > 0) {
        await this.#current.catch(() => undefined);
        continue;
      }
      if ((await this.#fill()) === 0) return null;
    }
    return null;
  }

  /** Takes more, once at a time. */
  #fill(): Promise<number> {
    this.#taking ??= this.#take(this.#gate.isTrying ? 1 : this.#ahead).finally(() => (this.#taking = null));
    return this.#taking;
  }

  async #take(most: number): Promise<number> {
    const taken = await this.#queue.take(most);
    this.#waiting.push(...taken);
    return taken.length;
  }

  async #answer(next: Waiting): Promise<void> {
    const { check, person } = next;
    const outcome = person === null || person === 'GONE' ? cannotBeAsked : await this.#outcome(next, person);
    await this.#store.keep({ check, outcome });
  }

  async #outcome({ check, until }: Waiting, person: Exclude<ReadCheck['person'], null | 'GONE'>): Promise<Outcome> {
    const { settings, now, random, metrics } = this.#parts;
    const { signal } = this.#stopping;
    const released = (dueAt = now()): Outcome => ({ kind: 'RELEASED', dueAt });
    const wait = this.#pace.turn();
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
    // Its lease may end before an answer: another one takes it then.
    if (signal.aborted || now().getTime() + settings.timeoutMs > until.getTime()) return released();
    const answer = await this.#gate.ask(person, signal);
    metrics.breaker(this.#gate.state);
    if (answer.kind === 'SHUT') return released(answer.until);
    if (answer.kind !== 'FAILED') {
      const verdict = verdictOf(person, answer);
      metrics.answered(verdict.status);
      return verdict;
    }
    // What a stopping worker gave up says nothing of the remote.
    if (signal.aborted) return released();
    metrics.answered(answer.why);
    this.#parts.logger.warn({ why: answer.why, detail: answer.detail }, 'the population database gave no answer');
    return afterFailure(answer, check.attempts, settings, { now: now(), random: random() });
  }

  /** What nobody asks about now is due for whoever comes first. */
  #giveBack(): void {
    const dueAt = this.#parts.now();
    this.#store.add(this.#waiting.splice(0).map(({ check }) => ({ check, outcome: { kind: 'RELEASED', dueAt } })));
  }
}
