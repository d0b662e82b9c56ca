import { Counter, Gauge, type Registry } from 'prom-client';
import type { TrafficTick } from './traffic-tick.entity.ts';

interface Hub {
  degraded: boolean;
  provinces: number;
}

/** What Prometheus learns of the flow live; how the hub stands is asked when it asks. */
export class TrafficMetrics {
  readonly #ticks: Counter;
  readonly #dropped: Counter;

  constructor(registry: Registry, hub: () => Hub) {
    const registers = [registry];
    this.#ticks = new Counter({
      name: 'cordon_traffic_ticks_total',
      help: 'Ticks made, one for each scope.',
      registers,
    });
    this.#dropped = new Counter({
      name: 'cordon_traffic_dropped_total',
      help: 'Passages that ticks counted, but did not show one by one.',
      registers,
    });
    new Gauge({
      name: 'cordon_traffic_provinces',
      help: 'Provinces of which this node holds a picture, since somebody watches.',
      registers,
      collect() {
        this.set(hub().provinces);
      },
    });
    new Gauge({
      name: 'cordon_traffic_degraded',
      help: '1 while the bus or the database is out of reach: ticks are right, but some seconds late.',
      registers,
      collect() {
        this.set(hub().degraded ? 1 : 0);
      },
    });
  }

  ticked({ dropped }: TrafficTick): void {
    this.#ticks.inc();
    this.#dropped.inc(dropped);
  }
}
