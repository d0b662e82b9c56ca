import type { Keys } from '../platform/crypto/keys.ts';
import type { Database } from '../platform/database/database.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import type { Territory } from '../territory/territory.service.ts';

/** The parts of the running server that a demo is loaded through. */
export interface DemoParts {
  database: Database;
  keys: Keys;
  territory: Territory;
  issuer: PassIssuer;
}
