import type { Logger } from '../observability/logger.ts';
import type { Bus } from './bus.ts';
import { Ears } from './ears.ts';

/** The bus of a node that is alone: who tells is heard at once. */
export function ownBus(logger: Logger): Bus {
  const ears = new Ears(logger);
  return {
    tell: (subject, text) => ears.say(subject, text),
    hear: (prefix, hear) => ears.add(prefix, hear),
    reaches: true,
    onReach: () => undefined,
    close: async () => undefined,
  };
}
