/** Keys of 32 bytes by id. The first one makes what is new; all of them open what is old, so keys rotate without a stop. */
export class Keyring {
  readonly #keys: Map<string, Buffer>;
  readonly active: { id: string; key: Buffer };

  constructor(keys: Array<{ id: string; key: Buffer }>) {
    const [first] = keys;
    if (!first) throw new Error('A keyring needs at least one key.');
    this.active = first;
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
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

  get ids(): string[] {
    return [...this.#keys.keys()];
  }

  get all(): Array<{ id: string; key: Buffer }> {
    return [...this.#keys].map(([id, key]) => ({ id, key }));
  }

  byId(id: string): Buffer {
    const key = this.#keys.get(id);
    if (!key) throw new Error('A value was sealed under a key that this server does not hold.');
    return key;
  }
}
