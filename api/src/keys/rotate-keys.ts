import { writeAudit } from '../platform/audit/audit.ts';
import {
  keyringOf,
  newFiledKey,
  readKeysFile,
  writeKeysFile,
  type KeysFile,
  type RingName,
} from '../platform/crypto/keys-file.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import type { Database } from '../platform/database/database.ts';
import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { awaitHolders } from './await-holders.ts';
import type { Rekeying } from './rekeying.ts';
import { keptUntil, publishedUntil, ringOf, withNext, withoutRetired, withPromoted, type Ring } from './rotation.ts';

export interface RotationParts {
  /** As the owner. */
  database: Database;
  rekeying: Rekeying;
  path: string;
  /** A demo's keys say in their ids that they are. */
  idPrefix: string;
  waitMs: number;
  say(text: string): void;
}

/** A key that is asked for too early. */
export class TooEarly extends Error {}

const nation = 'VN';

/**
 * Rotates one ring while the servers run: the new key is first read by all, then made first, then what is stored is brought
 * under it. Each step is told from the file and the database, so the command may be broken off anywhere and run again.
 */
export class KeyRotation {
  readonly #parts: RotationParts;
  readonly #name: RingName;

  constructor(parts: RotationParts, name: RingName) {
    this.#parts = parts;
    this.#name = name;
  }

  /** At once: a signing key does not wait until devices without network know it. */
  async rotate({ atOnce }: { atOnce: boolean }): Promise<void> {
    if (this.#ring.retired.length === 0) {
      await this.#addNext();
      if (!atOnce && this.#mustWait()) return;
      await this.#promote();
    }
    await this.#bringUnderFirst();
    const until = keptUntil(this.#ring, this.#name).toISOString();
    this.#say(`done. The earlier key still opens what it made; drop it with --finish, from ${until} on.`);
  }

  /** Drops the keys that were first before, once nothing needs them any more. */
  async finish(): Promise<void> {
    const [earlier] = this.#ring.retired;
    if (!earlier) return this.#say('there is no earlier key to drop.');
    const until = keptUntil(this.#ring, this.#name);
    if (until.getTime() > Date.now()) throw new TooEarly(`The earlier key is needed until ${until.toISOString()}.`);
    await this.#bringUnderFirst();
    await this.#tellUnexplained();
    await this.#enter('key.drop', earlier.id);
    this.#write(withoutRetired(this.#file, this.#name));
    await this.#await('still hold the earlier key', (ids) => ids.length === 1);
    if (this.#name === 'lookup') await this.#parts.rekeying.forgetOlderHashes(this.#keys(this.#file));
    this.#say(`${earlier.id} is dropped. Keep it apart for as long as backups need it.`);
  }

  async #addNext(): Promise<void> {
    const next = this.#ring.next ?? newFiledKey(new Date(), this.#parts.idPrefix);
    if (!this.#ring.next) {
      await this.#enter('key.add', next.id);
      this.#write(withNext(this.#file, this.#name, next));
    }
    const running = await this.#await('do not know the new key', (ids) => ids.includes(next.id));
    this.#say(`the new key ${next.id} is known to ${running} running servers.`);
  }

  #mustWait(): boolean {
    const { next } = this.#ring;
    const from = next ? publishedUntil(next, this.#name) : new Date(0);
    if (from.getTime() <= Date.now()) return false;
    this.#say(
      `devices without network learn it within a day. Run the same from ${from.toISOString()} on, or now with --now.`,
    );
    return true;
  }

  async #promote(): Promise<void> {
    const promoted = withPromoted(this.#file, this.#name, new Date());
    if (this.#name === 'lookup') await this.#parts.rekeying.hashBeside(this.#keys(promoted));
    await this.#enter('key.promote', this.#ring.next?.id ?? '');
    this.#write(promoted);
  }

  async #bringUnderFirst(): Promise<void> {
    const { id } = this.#ring.active;
    await this.#await('do not use the new key', (ids) => ids[0] === id);
    this.#say(`all running servers use ${id}.`);
    const { rekeying } = this.#parts;
    if (this.#name === 'sealing') this.#say(`${await rekeying.reseal(this.#keys(this.#file))} values sealed anew.`);
    if (this.#name === 'lookup') this.#say(`${await rekeying.hashAnew(this.#keys(this.#file))} rows hashed anew.`);
  }

  async #tellUnexplained(): Promise<void> {
    const left = this.#name === 'lookup' ? await this.#parts.rekeying.unexplained(this.#keys(this.#file)) : 0;
    if (left > 0) this.#say(`${left} numbers stand in nobody's form any more, and are not found from now on.`);
  }

  get #file(): KeysFile {
    return readKeysFile(this.#parts.path);
  }

  get #ring(): Ring {
    return ringOf(this.#file, this.#name);
  }

  #write(file: KeysFile): void {
    writeKeysFile(this.#parts.path, file);
  }

  #keys(file: KeysFile): Keys {
    return {
      sealing: keyringOf(file.sealing),
      lookup: keyringOf(file.lookup),
      signing: keyringOf(file.signing),
      session: keyringOf(file.session),
    };
  }

  #await(what: string, holds: (ids: string[]) => boolean): Promise<number> {
    const { database, waitMs } = this.#parts;
    return awaitHolders(database, what, waitMs, (rings) => holds(rings[this.#name]));
  }

  #say(text: string): void {
    this.#parts.say(`${this.#name}: ${text}`);
  }

  async #enter(action: string, key: string): Promise<void> {
    const detail = { ring: this.#name, key };
    await inTransaction(this.#parts.database, wholeProvinces([nation]), (tx) =>
      writeAudit(tx, { provinceCode: nation, actorId: null, role: 'OPERATOR', unitId: null, action, detail }),
    );
  }
}
