import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { nameKeys } from '../platform/shared/text.ts';
import type { CitizenRow } from './citizen.entity.ts';
import { addDocuments, type CitizenKey } from './citizens.service.ts';
import { findDocuments } from './citizens.queries.ts';
import {
  hashedDocuments,
  hashesOf,
  openIdentifiers,
  sealIdentifiers,
  type HashedDocument,
  type Identifiers,
} from './identifiers.service.ts';
import type { PersonRow } from './person-view.service.ts';

/** A person as they really are; numbers that are not given stay as they were. */
export interface CorrectedPerson {
  person: Omit<PersonRow, 'identifiers_sealed'>;
  identifiers: Identifiers;
}

export type Correction =
  | { kind: 'CORRECTED'; row: CitizenRow }
  /** A number that somebody else is known by here: whether they are one person is for an administrator to say. */
  | { kind: 'TAKEN'; number: 'idNumber' | 'passportNumber' }
  | { kind: 'UNKNOWN' };

const hold = {
  name: 'hold-citizen',
  text: `select province_code, id, full_name, date_of_birth, sex, nationality, identifiers_sealed, permanent_line,
           permanent_unit_id, temporary_line, temporary_unit_id
         from citizen where province_code = $1 and id = $2 for update`,
};
const forget = {
  name: 'forget-documents-of-citizen',
  text: 'delete from citizen_document where province_code = $1 and citizen_id = $2 and (hmac = any($3) or hmac_next = any($3))',
};
const change = {
  name: 'correct-citizen',
  text: `with names as (
           delete from citizen_name_key where province_code = $1 and citizen_id = $2 and key <> all($12::text[]))
         , keys as (
           insert into citizen_name_key (province_code, key, citizen_id)
           select $1, k.key, $2 from unnest($12::text[]) as k (key) on conflict do nothing)
         update citizen set full_name = $3, date_of_birth = $4, sex = $5, nationality = $6, identifiers_sealed = $7,
           permanent_line = $8, permanent_unit_id = $9, temporary_line = $10, temporary_unit_id = $11, doubles_sought_at = null
         where province_code = $1 and id = $2`,
};

/**
 * Changes what is known of a citizen: forms and passages stay as they were. A wrong number finds the person no longer; one of
 * another kind than the new one stays theirs. Nothing is to be committed of what is TAKEN.
 */
export async function correctCitizen(
  tx: Transaction,
  keys: Keys,
  { province, id }: CitizenKey,
  { person, identifiers }: CorrectedPerson,
  at: Date,
): Promise<Correction> {
  const [before] = await tx.rows<CitizenRow>(hold, [province, id]);
  if (!before) return { kind: 'UNKNOWN' };
  const known = openIdentifiers(keys, before.identifiers_sealed);
  const now = corrected(known, identifiers);
  const [was, is] = [hashedDocuments(keys, known), hashedDocuments(keys, now)];
  const taken = await takeNumbers(tx, keys, { province, id }, without(is, was), at);
  if (taken) return { kind: 'TAKEN', number: taken };
  await tx.rows(forget, [province, id, hashesOf(without(was, is))]);
  const row = { ...before, ...person, identifiers_sealed: sealIdentifiers(keys, now) };
  await write(tx, row);
  return { kind: 'CORRECTED', row };
}

/** A CMND that a CCCD takes the place of is still the person's. */
function corrected(known: Identifiers, given: Identifiers): Identifiers {
  const replaced = given.idNumber && known.idNumber && given.idNumber.length > known.idNumber.length;
  return { ...known, ...(replaced && known.idNumber ? { formerIdNumber: known.idNumber } : {}), ...given };
}

const without = (documents: HashedDocument[], others: HashedDocument[]) =>
  documents.filter(({ kind, number }) => !others.some((other) => other.kind === kind && other.number === number));

/** Makes numbers this person's, all or none; names the one that is somebody else's. */
async function takeNumbers(
  tx: Transaction,
  keys: Keys,
  { province, id }: CitizenKey,
  documents: HashedDocument[],
  at: Date,
): Promise<'idNumber' | 'passportNumber' | null> {
  if (documents.length === 0) return null;
  await addDocuments(tx, keys, province, [{ newId: id, documents }], at);
  // Read after it was written: another request may have taken the number a moment ago.
  for (const document of documents) {
    const holders = await findDocuments(tx, province, document.hashes);
    if (holders.some(({ citizen_id }) => citizen_id !== id))
      return document.kind === 'PASSPORT' ? 'passportNumber' : 'idNumber';
  }
  return null;
}

async function write(tx: Transaction, row: CitizenRow): Promise<void> {
  await tx.rows(change, [
    row.province_code,
    row.id,
    row.full_name,
    row.date_of_birth,
    row.sex,
    row.nationality,
    row.identifiers_sealed,
    row.permanent_line,
    row.permanent_unit_id,
    row.temporary_line,
    row.temporary_unit_id,
    nameKeys(row.full_name),
  ]);
}
