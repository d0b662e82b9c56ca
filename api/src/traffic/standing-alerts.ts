import type { Alert } from './alert.ts';
import { alertsAt } from './alerts.ts';
import { TrafficAlert } from './traffic-alert.entity.ts';
import type { Taken } from './taken.ts';

/** The alerts of a province, each since it was first seen; looked for once a beat, however many watch. */
export class StandingAlerts {
  #since = new Map<string, number>();
  #standing: TrafficAlert[] = [];

  get standing(): readonly TrafficAlert[] {
    return this.#standing;
  }

  look(taken: Taken, now: number): void {
    const since = new Map<string, number>();
    const isKnown = taken.usual.size > 0;
    const hits = Map.groupBy(taken.hits, ({ checkpointId }) => checkpointId);
    const found = [...taken.checkpoints.values()].flatMap((checkpoint) => {
      const thresholds = taken.thresholds.get(checkpoint.id);
      if (!thresholds) return [];
      const usual = isKnown ? (taken.usual.get(checkpoint.id) ?? 0) : null;
      const observed = { book: taken.book.at(checkpoint.id), usual, thresholds, hits: hits.get(checkpoint.id) ?? [] };
      return alertsAt(checkpoint, observed, now).map((alert) => {
        const key = keyOf(alert);
        since.set(key, this.#since.get(key) ?? now);
        const at = new Date(alert.since ?? since.get(key) ?? now);
        return Object.assign(new TrafficAlert(), { kind: alert.kind, checkpoint, since: at, alert });
      });
    });
    this.#since = since;
    this.#standing = found.sort((a, b) => b.since.getTime() - a.since.getTime());
  }
}

const keyOf = ({ kind, checkpointId }: Alert) => `${kind}/${checkpointId}`;
