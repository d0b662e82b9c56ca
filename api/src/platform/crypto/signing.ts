import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Keyring, SecretKey } from './keyring.ts';

// RFC 8410: what stands before the 32 bytes of an Ed25519 seed in PKCS #8.
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface PublicKey {
  kid: string;
  /** The 32 raw bytes, base64url. */
  key: string;
}

export interface SigningKey extends PublicKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** The Ed25519 keys of a ring of seeds, in its order: the first one signs. Made once for each set of seeds, which may change. */
export class SigningKeys {
  readonly #keyring: Keyring;
  #read: { from: readonly SecretKey[]; keys: SigningKey[]; publicKeys: Map<string, KeyObject> } | undefined;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  get all(): readonly SigningKey[] {
    return this.#current.keys;
  }

  /** What verifies, by its name. */
  get publicKeys(): ReadonlyMap<string, KeyObject> {
    return this.#current.publicKeys;
  }

  get active(): SigningKey {
    const [first] = this.all;
    if (!first) throw new Error('No signing key.');
    return first;
  }

  get #current() {
    const from = this.#keyring.all;
    if (this.#read?.from === from) return this.#read;
    const keys = from.map(toSigningKey);
    return (this.#read = { from, keys, publicKeys: new Map(keys.map(({ kid, publicKey }) => [kid, publicKey])) });
  }
}

function toSigningKey({ key: secret }: SecretKey): SigningKey {
  const seed = Buffer.concat([pkcs8Prefix, secret.export()]);
  const privateKey = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const key = publicKey.export({ format: 'jwk' }).x ?? '';
  return { kid: kidOf(key), key, privateKey, publicKey };
}

/** A key's name is made from the key, so one cannot stand in for another. */
export const kidOf = (key: string): string =>
  createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex').slice(0, 8);

export const toPublicKey = (key: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
