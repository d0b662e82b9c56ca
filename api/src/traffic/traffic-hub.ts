import type { Registry } from 'prom-client';
import type { Bus } from '../platform/bus/bus.ts';
import type { Notices } from '../platform/bus/notices.ts';
import type { Database } from '../platform/database/database.ts';
import type { Logger } from '../platform/observability/logger.ts';
import { Feed } from '../platform/sockets/feed.ts';
import { MINUTE_MS } from '../platform/shared/instant.ts';
import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import { newsSubject, readNews } from '../passages/recorded.events.ts';
import type { Territory } from '../territory/territory.service.ts';
import { hitSubject, readHitNotice } from './hit-notice.ts';
import { OtherDays } from './other-days.ts';
import { ProvinceTraffic } from './province-traffic.ts';
import { ScopeWatch } from './scope-watch.ts';
import { TrafficMetrics } from './traffic-metrics.ts';
import { takeProvinces } from './take-provinces.ts';

export interface HubParts {
  database: Database;
  bus: Bus;
  notices: Notices;
  logger: Logger;
  registry: Registry;
  /** The units of today, also after a reform was brought. */
  readonly territory: Territory;
}

const beatMs = 1_000;
// News can be lost; what was lost shows by then.
const pictureMs = MINUTE_MS;
// While other nodes are out of reach, only the database tells what passes there.
const degradedPictureMs = 3_000;
const forgetMs = 10 * MINUTE_MS;

/**
 * What passes, as this node knows it, of the provinces that somebody watches here: a picture of each, the news since, and a tick a
 * second for every scope.
 */
export class TrafficHub {
  readonly #parts: HubParts;
  readonly #provinces = new Map<string, ProvinceTraffic>();
  readonly #watches = new Map<string, ScopeWatch>();
  readonly #metrics: TrafficMetrics;
  readonly #otherDays = new OtherDays();
  #taking: Promise<void> | null = null;
  #takenAt = 0;
  /** Whether the last look at the database failed, or other nodes are out of reach. */
  #blind = false;
  #missed = false;
  readonly #timer: NodeJS.Timeout;
  readonly #deaf: Array<() => void>;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#missed = !parts.bus.reaches;
    this.#metrics = new TrafficMetrics(parts.registry, () => ({
      degraded: this.degraded,
      provinces: this.#provinces.size,
    }));
    this.#deaf = [
      parts.bus.hear(newsSubject.prefix, (subject, text) => this.#hear(subject, text)),
      parts.notices.hear(hitSubject.prefix, (subject, text) => this.#hearHit(subject, text)),
    ];
    // What was said while nodes did not reach each other is lost: the next picture has it.
    parts.bus.onReach(() => {
      this.#missed = true;
      this.#takenAt = 0;
    });
    this.#timer = setInterval(() => this.#beat(), beatMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const stop of this.#deaf) stop();
    await this.#taking?.catch(() => undefined);
  }

  get degraded(): boolean {
    return this.#blind || this.#missed;
  }

  /** What passes in these provinces, once each is known here; throws where the database cannot be asked. */
  async provincesOf(codes: readonly string[]): Promise<ProvinceTraffic[]> {
    const now = Date.now();
    // Whoever asks while a picture is taken waits for it, and for one of their own where it was without theirs.
    while (codes.some((code) => !this.#provinces.get(code)?.isKnown)) await (this.#taking ?? this.#take(codes));
    return codes.flatMap((code) => {
      const province = this.#provinces.get(code);
      if (province) province.askedAt = now;
      return province ?? [];
    });
  }

  /** The ticks of a scope: one maker, however many feeds of it are open. */
  feedOf(scope: Scope): Feed {
    const key = JSON.stringify(scope);
    return new Feed(key, (deliver) => {
      const watch = this.#watches.get(key) ?? new ScopeWatch(scope, (tick) => this.#metrics.ticked(tick));
      this.#watches.set(key, watch);
      watch.add(deliver);
      this.provincesOf(scope.provinces).catch(() => undefined);
      return {
        wake: () => watch.wake(),
        end: () => {
          if (watch.remove(deliver)) this.#watches.delete(key);
        },
      };
    });
  }

  #hear(subject: string, text: string): void {
    const province = this.#provinces.get(newsSubject.provinceOf(subject));
    if (province) province.hear(readNews(subject, text));
  }

  #hearHit(subject: string, text: string): void {
    this.#provinces.get(hitSubject.provinceOf(subject))?.hearHit(readHitNotice(subject, text));
  }

  #beat(): void {
    const now = Date.now();
    for (const watch of this.#watches.values())
      for (const code of watch.scope.provinces) {
        const province = this.#provinces.get(code);
        if (province) province.askedAt = now;
      }
    for (const [code, { askedAt }] of this.#provinces) if (now - askedAt > forgetMs) this.#provinces.delete(code);
    this.#takeWhenDue(now);
    for (const province of this.#provinces.values()) province.turn(now);
    const beats = new Map([...this.#provinces].map(([code, province]) => [code, province.takeBeat()]));
    const { degraded } = this;
    for (const watch of this.#watches.values()) {
      const provinces = watch.scope.provinces.flatMap((code) => {
        const province = this.#provinces.get(code);
        const beat = beats.get(code);
        return province?.isKnown && beat ? [{ province, beat }] : [];
      });
      if (provinces.length === watch.scope.provinces.length) watch.beat(provinces, { now, degraded });
    }
  }

  #takeWhenDue(now: number): void {
    const every = this.degraded ? degradedPictureMs : pictureMs;
    const due = now - this.#takenAt >= every || midnightBefore(now) !== midnightBefore(this.#takenAt);
    const watched = [...this.#watches.values()].flatMap(({ scope }) => scope.provinces);
    const cold = [...this.#provinces.keys(), ...watched].some((code) => !this.#provinces.get(code)?.isKnown);
    if (this.#taking || (this.#provinces.size === 0 && !cold)) return;
    if (due || cold) this.#take(watched).catch(() => undefined);
  }

  /** Takes pictures of these provinces and of all that are known, which are all of one moment then; one taking at a time. */
  #take(codes: readonly string[]): Promise<void> {
    const all = new Set([...this.#provinces.keys(), ...codes]);
    this.#taking = this.#takeNow([...all]).finally(() => (this.#taking = null));
    return this.#taking;
  }

  async #takeNow(codes: readonly string[]): Promise<void> {
    const { bus, database, logger, territory } = this.#parts;
    const now = Date.now();
    for (const code of codes) if (!this.#provinces.has(code)) this.#provinces.set(code, new ProvinceTraffic(now));
    // Before the database is asked: what is said from here on may be missing from the picture.
    for (const code of codes) this.#provinces.get(code)?.beginPicture();
    const reached = bus.reaches;
    this.#takenAt = now;
    try {
      const taken = await takeProvinces({ database, territory, otherDays: this.#otherDays }, codes, now);
      for (const [code, one] of taken) this.#provinces.get(code)?.endPicture(one, Date.now());
      this.#blind = false;
      this.#missed = !(reached && bus.reaches);
    } catch (error) {
      for (const code of codes) this.#provinces.get(code)?.giveUpPicture();
      this.#blind = true;
      logger.warn({ error: (error as Error).name }, 'the picture of the flow could not be taken');
      throw error;
    }
  }
}
