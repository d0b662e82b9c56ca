import type { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import type { Alert } from './alert.ts';
import { alertsAt, quietSince } from './alerts.ts';
import { TrafficAlert } from './traffic-alert.entity.ts';
import type { Taken } from './taken.ts';

/** The alerts of a province, each since it was first seen; looked for once a beat, however many watch. */
export class StandingAlerts {
  #since = new Map<string, number>();
  /** By checkpoint, since when nobody has passed. */
  #quiet = new Map<string, number>();
  #standing: TrafficAlert[] = [];

  get standing(): readonly TrafficAlert[] {
    return this.#standing;
  }

  look(taken: Taken, now: number): void {
    const since = new Map<string, number>();
    const checkpoints = [...taken.checkpoints.values()];
    this.#quiet = new Map(
      checkpoints.map((one) => [one.id, quietSince(one, taken.book.at(one.id), this.#quiet.get(one.id), now)]),
    );
    const hits = Map.groupBy(taken.hits, ({ checkpointId }) => checkpointId);
    this.#standing = checkpoints.flatMap((checkpoint) =>
      this.#alertsAt(checkpoint, taken, hits.get(checkpoint.id) ?? [], now).map((alert) => {
        const key = keyOf(alert);
        since.set(key, this.#since.get(key) ?? now);
        const at = new Date(alert.since ?? since.get(key) ?? now);
        return Object.assign(new TrafficAlert(), { kind: alert.kind, checkpoint, since: at, alert });
      }),
    );
    this.#since = since;
  }

  #alertsAt(checkpoint: Checkpoint, taken: Taken, hits: Taken['hits'], now: number): Alert[] {
    const { id } = checkpoint;
    const thresholds = taken.thresholds.get(id);
    if (!thresholds) return [];
    const usual = taken.usual.size > 0 ? (taken.usual.get(id) ?? 0) : null;
    const observed = { book: taken.book.at(id), usual, thresholds, hits, quietSince: this.#quiet.get(id) ?? now };
    return alertsAt(checkpoint, observed, now);
  }
}

const keyOf = ({ kind, checkpointId }: Alert) => `${kind}/${checkpointId}`;
