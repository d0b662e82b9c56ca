import type { Keys } from '../platform/crypto/keys.ts';
import { lookupHash, lookupHashes } from '../platform/crypto/lookup.ts';
import { resealed, seal, unseal } from '../platform/crypto/sealing.ts';

/** What is never stored in the clear: one sealed value a person. */
export interface Identifiers {
  idNumber?: string;
  /** The number before it (CMND), which a card named beside it. */
  formerIdNumber?: string;
  passportNumber?: string;
  phone?: string;
  email?: string;
  healthInsuranceNumber?: string;
}

export type DocumentKind = 'CCCD' | 'CMND' | 'PASSPORT';
export interface PersonDocument {
  kind: DocumentKind;
  number: string;
}

const purpose = 'identifiers';

export function sealIdentifiers(keys: Keys, identifiers: Identifiers): Buffer | null {
  const given = Object.entries(identifiers).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? null : seal(keys.sealing, purpose, JSON.stringify(Object.fromEntries(given)));
}

/** The same under the active key; null where it is already. */
export const resealIdentifiers = (keys: Keys, sealed: Buffer): Buffer | null => resealed(keys.sealing, purpose, sealed);

export function openIdentifiers(keys: Keys, sealed: Buffer | null): Identifiers {
  return sealed ? (JSON.parse(unseal(keys.sealing, purpose, sealed)) as Identifiers) : {};
}

export function documentsOf({
  idNumber,
  formerIdNumber,
  passportNumber,
}: {
  idNumber?: string | null;
  formerIdNumber?: string | null;
  passportNumber?: string | null;
}): PersonDocument[] {
  const kindOf = (number: string) => (number.length === 12 ? ('CCCD' as const) : ('CMND' as const));
  const numbers = [idNumber, formerIdNumber].filter((number) => number !== null && number !== undefined);
  return [
    ...numbers.filter(Boolean).map((number) => ({ kind: kindOf(number), number })),
    ...(passportNumber ? [{ kind: 'PASSPORT' as const, number: passportNumber }] : []),
  ];
}

// One kind for CCCD and CMND: an officer types digits, and a number says by its length what it is.
const spaceOf = (kind: DocumentKind) => (kind === 'PASSPORT' ? 'passport' : 'id');

export const documentHash = (keys: Keys, { kind, number }: PersonDocument): Buffer =>
  lookupHash(keys.lookup, spaceOf(kind), number);
export const documentHashes = (keys: Keys, { kind, number }: PersonDocument): Buffer[] =>
  lookupHashes(keys.lookup, spaceOf(kind), number);

/** A document with the hashes by which it is found, made once. */
export interface HashedDocument extends PersonDocument {
  /** Under the active key first. */
  hashes: Buffer[];
}
export const hashedDocuments = (keys: Keys, person: Parameters<typeof documentsOf>[0]): HashedDocument[] =>
  documentsOf(person).map((document) => ({ ...document, hashes: documentHashes(keys, document) }));
export const hashesOf = (documents: readonly HashedDocument[]): Buffer[] => documents.flatMap(({ hashes }) => hashes);

export const phoneHash = (keys: Keys, phone: string): Buffer => lookupHash(keys.lookup, 'phone', phone);
export const phoneHashes = (keys: Keys, phone: string): Buffer[] => lookupHashes(keys.lookup, 'phone', phone);
