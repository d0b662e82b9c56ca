import type { Config } from './config.ts';
import type { KeyHolder } from './platform/crypto/key-holders.ts';
import type { Logger } from './platform/observability/logger.ts';
import type { Metrics } from './platform/observability/metrics.ts';

/** What each role of a process starts with. */
export interface Starting {
  config: Config;
  holder: KeyHolder;
  logger: Logger;
  metrics: Metrics;
  /** Each role connects there as its own. */
  ownerUrl: string;
  /** What ends what was started: called in reverse. */
  stops: Array<() => Promise<void>>;
}
