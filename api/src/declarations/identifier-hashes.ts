import type { Keys } from '../platform/crypto/keys.ts';
import { documentHash, phoneHash, type Identifiers } from '../people/identifiers.service.ts';

/** What a declaration is found by. */
export interface IdentifierHashes {
  id_number_hmac: Buffer | null;
  passport_hmac: Buffer | null;
  phone_hmac: Buffer | null;
}

export function identifierHashes(keys: Keys, { idNumber, passportNumber, phone }: Identifiers): IdentifierHashes {
  return {
    id_number_hmac: idNumber ? documentHash(keys, { kind: 'CCCD', number: idNumber }) : null,
    passport_hmac: passportNumber ? documentHash(keys, { kind: 'PASSPORT', number: passportNumber }) : null,
    phone_hmac: phone ? phoneHash(keys, phone) : null,
  };
}
