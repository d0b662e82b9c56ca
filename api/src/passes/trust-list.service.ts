import { createHash } from 'node:crypto';
import type { PublicKey } from '../platform/crypto/signing.ts';
import type { Database } from '../platform/database/database.ts';
import { inTransaction, noRows } from '../platform/database/transaction.ts';
import type { RulesInForce } from '../territory/shared/movement-rules/rules-in-force.ts';
import { rulesInForce } from '../territory/zones/rules-in-force.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { PassIssuer } from './pass-issuer.service.ts';

/** What verifies and judges a pass without the server. */
export interface TrustList extends RulesInForce {
  keys: PublicKey[];
  /** Ids of declarations that were withdrawn while their passes still hold. */
  withdrawn: string[];
}

const keptMs = 5_000;
const withdrawnPasses = { name: 'withdrawn-passes', text: 'select declaration_id from withdrawn_passes($1)' };

/** What anybody needs to verify passes offline. Read from the database at most every five seconds, and once a zone changed. */
export class TrustLists {
  readonly #database: Database;
  readonly #issuer: PassIssuer;
  readonly #parts: { territory: Territory };
  #kept: { until: number; revision: number; list: Promise<{ list: TrustList; etag: string }> } | undefined;

  constructor(database: Database, issuer: PassIssuer, parts: { territory: Territory }) {
    this.#database = database;
    this.#issuer = issuer;
    this.#parts = parts;
  }

  current(at: Date): Promise<{ list: TrustList; etag: string }> {
    const { revision } = this.#parts.territory.zones;
    if (!this.#kept || this.#kept.until < at.getTime() || this.#kept.revision !== revision) {
      const list = this.#read(at);
      this.#kept = { until: at.getTime() + keptMs, revision, list };
      list.catch(() => (this.#kept = undefined));
    }
    return this.#kept.list;
  }

  async #read(at: Date): Promise<{ list: TrustList; etag: string }> {
    const rows = await inTransaction(this.#database, noRows, (tx) =>
      tx.rows<{ declaration_id: string }>(withdrawnPasses, [at]),
    );
    const list = {
      keys: this.#issuer.publicKeys,
      ...rulesInForce(this.#parts.territory, at),
      withdrawn: rows.map((row) => row.declaration_id),
    };
    return { list, etag: `"${createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 22)}"` };
  }
}
