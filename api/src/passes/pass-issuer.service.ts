import { createPrivateKey, createPublicKey, sign, verify, createHash, type KeyObject } from 'node:crypto';
import type { Keyring } from '../platform/crypto/keyring.ts';
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

/** Signs passes with the newest key and knows them all. Signing takes 50 µs, so a pass is made whenever it is looked at. */
export class PassIssuer {
  readonly #signing: { kid: string; key: KeyObject };
  readonly #verifying = new Map<string, KeyObject>();
  readonly publicKeys: PublicKey[];

  constructor(keyring: Keyring) {
    const keys = keyring.all.map((secret) => {
      const key = createPrivateKey({
        key: Buffer.concat([pkcs8Prefix, secret.key.export()]),
        format: 'der',
        type: 'pkcs8',
      });
      const publicKey = createPublicKey(key);
      const raw = publicKey.export({ format: 'jwk' }).x ?? '';
      const kid = createHash('sha256').update(Buffer.from(raw, 'base64url')).digest('hex').slice(0, 8);
      this.#verifying.set(kid, publicKey);
      return { kid, key, raw };
    });
    const [newest] = keys;
    if (!newest) throw new Error('No signing key.');
    this.#signing = newest;
    this.publicKeys = keys.map(({ kid, raw }) => ({ kid, key: raw }));
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
    return encodePass(claims, this.#signing.kid, (bytes) => sign(null, bytes, this.#signing.key));
  }

  /** Verifies signature and expiry. Withdrawal is read with the declaration itself. */
  verify(text: string, now: Date): Promise<VerifiedPass> {
    return verifyPass(text, { ...this.#verification, now });
  }

  readonly #verification: Omit<PassVerification<KeyObject>, 'now'> = {
    keys: this.#verifying,
    // In the thread pool: a batch of 500 does not hold up everybody else.
    verify: (key, signature, bytes) =>
      new Promise((resolve) => verify(null, bytes, key, signature, (error, valid) => resolve(!error && valid))),
    withdrawn: () => false,
  };
}
