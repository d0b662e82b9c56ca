import { createSecretKey, type KeyObject } from 'node:crypto';

/** Read once: opening a value under a key's bytes takes four times as long. Nothing that is printed shows it. */
export interface SecretKey {
  id: string;
  key: KeyObject;
}

/**
 * Keys of 32 bytes by id. The first one makes what is new; all of them open what is old, so keys rotate without a stop. The
 * ring itself stays and its keys change, so whoever holds it goes on with the new ones.
 */
export class Keyring {
  #all: readonly SecretKey[] = [];

  constructor(keys: ReadonlyArray<{ id: string; key: Buffer }>) {
    this.#take(keys.map(({ id, key }) => ({ id, key: createSecretKey(key) })));
  }

  /** Reads `id:base64,id:base64`; the error names the setting and never the value. */
  static read(setting: string, text: string): Keyring {
    const keys = text.split(',').map((entry) => {
      const [id = '', encoded = ''] = entry.trim().split(':');
      const key = Buffer.from(encoded, 'base64');
      if (!/^[\w.-]{1,32}$/.test(id) || key.length !== 32) {
        throw new Error(`${setting} must be id:base64 pairs joined by commas, each key of 32 bytes.`);
      }
      return { id, key };
    });
    return new Keyring(keys);
  }

  /** A new array whenever the keys changed, so what is made from them can be kept by it. */
  get all(): readonly SecretKey[] {
    return this.#all;
  }

  get active(): SecretKey {
    const [first] = this.#all;
    if (!first) throw new Error('A keyring needs at least one key.');
    return first;
  }

  /** Goes on with the keys of another ring. */
  replaceBy(other: Keyring): void {
    this.#take(other.all);
  }

  #take(keys: readonly SecretKey[]): void {
    if (keys.length === 0) throw new Error('A keyring needs at least one key.');
    this.#all = keys;
  }

  get ids(): string[] {
    return this.all.map(({ id }) => id);
  }

  byId(id: string): KeyObject {
    const known = this.all.find((candidate) => candidate.id === id);
    if (!known) throw new Error('A value was sealed under a key that this server does not hold.');
    return known.key;
  }
}
