import { sign, verify, type KeyObject } from 'node:crypto';
import type { Keyring } from '../platform/crypto/keyring.ts';
import { SigningKeys, type PublicKey } from '../platform/crypto/signing.ts';
import { openIdentifiers } from '../people/identifiers.service.ts';
import type { DeclarationRow, Parts } from '../declarations/declarations.service.ts';
import { encodePass, verifyPass, type PassVerification, type VerifiedPass } from './shared/pass-token.ts';

/** Signs passes with the newest key and knows them all. Signing takes 50 µs, so a pass is made whenever it is looked at. */
export class PassIssuer {
  readonly #keys: SigningKeys;

  constructor(keyring: Keyring) {
    this.#keys = new SigningKeys(keyring);
  }

  get publicKeys(): PublicKey[] {
    return this.#keys.all.map(({ kid, key }) => ({ kid, key }));
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
    const { kid, privateKey } = this.#keys.active;
    return encodePass(claims, kid, (bytes) => sign(null, bytes, privateKey));
  }

  /** Verifies signature and expiry. Withdrawal is read with the declaration itself. */
  verify(text: string, now: Date): Promise<VerifiedPass> {
    return verifyPass(text, { ...verification, keys: this.#keys.publicKeys, now });
  }
}

const verification: Omit<PassVerification<KeyObject>, 'now' | 'keys'> = {
  // In the thread pool: a batch of 500 does not hold up everybody else.
  verify: (key, signature, bytes) =>
    new Promise((resolve) => verify(null, bytes, key, signature, (error, valid) => resolve(!error && valid))),
  withdrawn: () => false,
};
