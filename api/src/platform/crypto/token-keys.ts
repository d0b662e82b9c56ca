import { createECDH, createPrivateKey, createPublicKey, hkdfSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Keyring, SecretKey } from './keyring.ts';
import { sha256 } from './lookup.ts';

/** A key pair for ES256, under a name that is made from it. */
export interface TokenKey {
  kid: string;
  jwk: JsonWebKey & { kid: string };
  publicKey: KeyObject;
}

// SEC 2 section 2.4.2: the order of P-256.
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const purpose = 'cordon partner access tokens, ES256';
// FIPS 186-5 A.2.1: 128 bits more than the order has, so that no scalar is likelier than another.
const wideBytes = 48;

/** The ES256 keys of a ring, in its order: the first one signs, all verify. Derived, so they rotate with the ring. */
export class TokenKeys {
  readonly #keyring: Keyring;
  #read: { from: readonly SecretKey[]; keys: readonly TokenKey[] } | undefined;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** A new array whenever the keys changed. */
  get all(): readonly TokenKey[] {
    const from = this.#keyring.all;
    if (this.#read?.from !== from) this.#read = { from, keys: from.map(toTokenKey) };
    return this.#read.keys;
  }

  get active(): TokenKey {
    const [first] = this.all;
    if (!first) throw new Error('No key for tokens.');
    return first;
  }
}

function toTokenKey({ key }: SecretKey): TokenKey {
  const wide = BigInt(`0x${Buffer.from(hkdfSync('sha256', key, '', purpose, wideBytes)).toString('hex')}`);
  const scalar = Buffer.from(((wide % (order - 1n)) + 1n).toString(16).padStart(64, '0'), 'hex');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const kid = sha256(point).toString('hex').slice(0, 16);
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: scalar.toString('base64url'), alg: 'ES256', use: 'sig', kid };
  return { kid, jwk, publicKey: createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' })) };
}
