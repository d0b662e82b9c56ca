import type { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import type { Deliver } from '../platform/sockets/feed.ts';
import type { Scope } from '../policy/policy.ts';
import type { Beat, ProvinceTraffic } from './province-traffic.ts';
import { tickOf, wholeTick, type Watched } from './tick.ts';
import type { TrafficAlert } from './traffic-alert.entity.ts';
import type { TrafficTick } from './traffic-tick.entity.ts';

// Of a place where nothing happens: that it is watched still.
const quietMs = 10_000;

/** Who of a province's checkpoints lies in a scope. */
export function watchedIn(scope: Scope, province: ProvinceTraffic): Watched {
  const units = scope.unitIds && new Set(scope.unitIds);
  const ids = scope.checkpointIds && new Set(scope.checkpointIds);
  const isIn = ({ id, unitId }: Checkpoint) => (units?.has(unitId) ?? true) && (ids?.has(id) ?? true);
  return { province, checkpoints: [...province.taken.checkpoints.values()].filter(isIn) };
}

/** What needs attention at these checkpoints, newest first. */
export function alertsOf(watched: readonly Watched[]): TrafficAlert[] {
  const all = watched.flatMap(({ province, checkpoints }) => {
    const ids = new Set(checkpoints.map(({ id }) => id));
    return province.alerts.standing.filter(({ checkpoint }) => ids.has(checkpoint.id));
  });
  return all.sort((a, b) => b.since.getTime() - a.since.getTime());
}

/** The ticks of one scope: made once, for all who follow it. */
export class ScopeWatch {
  readonly scope: Scope;
  readonly #delivers = new Set<Deliver>();
  readonly #ticked: (tick: TrafficTick) => void;
  #awake = true;
  #tickedAt = 0;
  #alerts = '';

  constructor(scope: Scope, ticked: (tick: TrafficTick) => void) {
    this.scope = scope;
    this.#ticked = ticked;
  }

  add(deliver: Deliver): void {
    this.#delivers.add(deliver);
  }

  /** Answers whether nobody is left. */
  remove(deliver: Deliver): boolean {
    this.#delivers.delete(deliver);
    return this.#delivers.size === 0;
  }

  /** Somebody came who knows nothing yet. */
  wake(): void {
    this.#awake = true;
  }

  beat(
    provinces: ReadonlyArray<{ province: ProvinceTraffic; beat: Beat }>,
    { now, degraded }: { now: number; degraded: boolean },
  ): void {
    const watched = provinces.map(({ province }) => watchedIn(this.scope, province));
    const alerts = alertsOf(watched);
    const told = JSON.stringify([degraded, alerts.map(({ kind, checkpoint }) => [kind, checkpoint.id])]);
    const changed = watched.flatMap(({ checkpoints }, index) =>
      checkpoints.filter(({ id }) => provinces[index]?.beat.counts.has(id)),
    );
    const quiet = changed.length === 0 && told === this.#alerts && !this.#awake;
    if (quiet && now - this.#tickedAt < quietMs) return;
    const seconds = this.#tickedAt === 0 ? 1 : Math.max(1, Math.round((now - this.#tickedAt) / 1_000));
    this.#tickedAt = now;
    this.#alerts = told;
    this.#awake = false;
    const beats = provinces.map(({ beat }) => beat);
    const event = tickOf(watched, beats, { now, seconds, degraded, alerts });
    this.#ticked(event);
    let whole: TrafficTick | null = null;
    const emission = { event, whole: () => (whole ??= wholeTick(watched, { now, degraded, alerts })) };
    for (const deliver of this.#delivers) deliver(emission);
  }
}
