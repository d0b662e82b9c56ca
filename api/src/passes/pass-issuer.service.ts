import { createPrivateKey, createPublicKey, sign, verify, createHash, type KeyObject } from 'node:crypto';
import type { Keyring, SecretKey } from '../platform/crypto/keyring.ts';
import { openIdentifiers } from '../people/identifiers.service.ts';
import type { DeclarationRow, Parts } from '../declarations/declarations.service.ts';
import { encodePass, verifyPass, type PassVerification, type VerifiedPass } from './shared/pass-token.ts';

// RFC 8410: what stands before the 32 bytes of an Ed25519 seed in PKCS #8.
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface PublicKey {
  kid: string;
  /** The 32 raw bytes, base64url. */
  key: string;
}

interface SigningKey extends PublicKey {
  sign: KeyObject;
  verify: KeyObject;
}

/** Signs passes with the newest key and knows them all. Signing takes 50 µs, so a pass is made whenever it is looked at. */
export class PassIssuer {
  readonly #keyring: Keyring;
  #read: { from: readonly SecretKey[]; keys: SigningKey[] } = { from: [], keys: [] };

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  get publicKeys(): PublicKey[] {
    return this.#keys.map(({ kid, key }) => ({ kid, key }));
  }

  /** Made once for each set of keys: they may change while the server runs. */
  get #keys(): SigningKey[] {
    const from = this.#keyring.all;
    if (this.#read.from !== from) this.#read = { from, keys: from.map(readSigningKey) };
    return this.#read.keys;
  }

  issue(row: DeclarationRow, { keys, territory }: Parts): Promise<string> {
    const { idNumber, passportNumber } = openIdentifiers(keys, row.identifiers_sealed);
    const claims = {
      provinceCode: row.province_code,
      id: row.id,
      expiresAt: row.valid_until,
      fullName: row.full_name,
      dateOfBirth: row.date_of_birth,
      documentEnding: (idNumber ?? passportNumber)?.slice(-3).toUpperCase(),
      plate: row.plate,
      originCode: territory.byId(row.origin_unit_id).code,
      destinationCode: territory.byId(row.destination_address_unit_id).code,
      testedAt: row.health.testedAt ? new Date(row.health.testedAt) : null,
      vaccineDoses: row.health.vaccineDoses,
      advice: row.advice,
      rulesVersion: row.rules_version,
    };
    const [newest] = this.#keys;
    if (!newest) throw new Error('No signing key.');
    return encodePass(claims, newest.kid, (bytes) => sign(null, bytes, newest.sign));
  }

  /** Verifies signature and expiry. Withdrawal is read with the declaration itself. */
  verify(text: string, now: Date): Promise<VerifiedPass> {
    return verifyPass(text, { ...verification, keys: new Map(this.#keys.map((key) => [key.kid, key.verify])), now });
  }
}

const verification: Omit<PassVerification<KeyObject>, 'now' | 'keys'> = {
  // In the thread pool: a batch of 500 does not hold up everybody else.
  verify: (key, signature, bytes) =>
    new Promise((resolve) => verify(null, bytes, key, signature, (error, valid) => resolve(!error && valid))),
  withdrawn: () => false,
};

function readSigningKey({ key: seed }: SecretKey): SigningKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed.export()]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  const key = publicKey.export({ format: 'jwk' }).x ?? '';
  const kid = createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex').slice(0, 8);
  return { kid, key, sign: privateKey, verify: publicKey };
}
