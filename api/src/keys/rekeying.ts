import { resealSecondFactors } from '../accounts/second-factor/reseal-second-factors.service.ts';
import { rekeyDeclarations, rekeyHeldDeclarations } from '../declarations/rekey-declarations.service.ts';
import {
  countUnexplained,
  forgetOlderHashes,
  hashDocumentsAnew,
  hashStraysAnew,
  resealCitizens,
  swapDocumentHashes,
} from '../people/rekey-citizens.service.ts';
import { rekeyWatchList } from '../watchlist/rekey-watch-list.service.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import type { RekeyPage } from '../platform/crypto/rekeying.ts';
import type { Database } from '../platform/database/database.ts';
import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';

/** All that is stored under keys, room by room, in short transactions: as the owner, since no server may change it. */
export class Rekeying {
  readonly #database: Database;
  readonly #provinces: readonly string[];

  constructor(database: Database, provinces: readonly string[]) {
    this.#database = database;
    this.#provinces = provinces;
  }

  /** Seals anew what an older key sealed; answers how many values. */
  async reseal(keys: Keys): Promise<number> {
    const factors = await this.#throughPages(resealSecondFactors, keys, '');
    return factors + (await this.#each([resealCitizens, rekeyDeclarations, rekeyHeldDeclarations], keys));
  }

  /** Puts beside each number's hash the one under the first key: from then on servers at either step know the same people. */
  hashBeside(keys: Keys): Promise<number> {
    return this.#each([hashDocumentsAnew, hashStraysAnew(this.#provinces), rekeyWatchList], keys);
  }

  /** Makes the first key's hashes those that numbers are found by. */
  async hashAnew(keys: Keys): Promise<number> {
    await this.hashBeside(keys);
    return this.#each([swapDocumentHashes, rekeyDeclarations, rekeyHeldDeclarations], keys);
  }

  forgetOlderHashes(keys: Keys): Promise<number> {
    return this.#each([forgetOlderHashes, rekeyWatchList], keys);
  }

  /** Numbers that could not be hashed anew. */
  unexplained(keys: Keys): Promise<number> {
    return inTransaction(this.#database, wholeProvinces(this.#provinces), (tx) =>
      countUnexplained(tx, keys, this.#provinces),
    );
  }

  async #each(works: readonly RekeyPage[], keys: Keys): Promise<number> {
    let changed = 0;
    for (const work of works)
      for (const province of this.#provinces) changed += await this.#throughPages(work, keys, province);
    return changed;
  }

  async #throughPages(work: RekeyPage, keys: Keys, province: string): Promise<number> {
    let changed = 0;
    for (let after: string | null | undefined; after !== null;) {
      const from = after ?? null;
      const page = await inTransaction(this.#database, wholeProvinces(this.#provinces), (tx) =>
        work(tx, keys, province, from),
      );
      changed += page.changed;
      after = page.last;
    }
    return changed;
  }
}
