import { Counter, Gauge, type Registry } from 'prom-client';

interface Held {
  sockets: number;
  subscriptions: number;
  groups: number;
}

/** What Prometheus learns of sockets; what is held now is counted when it asks. */
export class SocketMetrics {
  readonly #missed: Counter;

  constructor(registry: Registry, held: () => Held) {
    const gauge = (name: string, help: string, of: keyof Held) =>
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(held()[of]);
        },
      });
    gauge('cordon_sockets_open', 'Sockets that are open.', 'sockets');
    gauge('cordon_subscriptions_open', 'Subscriptions over all sockets.', 'subscriptions');
    gauge('cordon_subscription_groups', 'Groups of equal subscriptions: each event is made once for one.', 'groups');
    this.#missed = new Counter({
      name: 'cordon_subscription_missed_total',
      help: 'Events that a subscriber did not get, being behind; the whole next makes up for it.',
      registers: [registry],
    });
  }

  missed(subscribers: number): void {
    this.#missed.inc(subscribers);
  }
}
