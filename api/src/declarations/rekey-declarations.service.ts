import type { Keys } from '../platform/crypto/keys.ts';
import { pageEnd, rekeyPageSize, type RekeyedPage, type RekeyPage } from '../platform/crypto/rekeying.ts';
import { nilUuid } from '../platform/shared/uuid7.ts';
import type { Statement, Transaction } from '../platform/database/transaction.ts';
import { openIdentifiers, resealIdentifiers } from '../people/identifiers.service.ts';
import { identifierHashes, type IdentifierHashes } from './identifier-hashes.ts';

interface SealedRow extends IdentifierHashes {
  id: string;
  occurred_at: Date;
  identifiers_sealed: Buffer;
}

interface Pair {
  read: Statement;
  write: Statement;
}

const declarations: Pair = {
  read: {
    name: 'sealed-declarations',
    text: `select id, occurred_at, identifiers_sealed, id_number_hmac, passport_hmac, phone_hmac from declaration
           where province_code = $1 and id > $2 and identifiers_sealed is not null order by id limit $3`,
  },
  write: {
    name: 'rekey-declarations',
    text: `update declaration d set identifiers_sealed = v.sealed, id_number_hmac = v.id_number, passport_hmac = v.passport,
             phone_hmac = v.phone
           from unnest($2::uuid[], $3::timestamptz[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[])
             as v (id, at, was, sealed, id_number, passport, phone)
           where d.province_code = $1 and d.id = v.id and d.occurred_at = v.at and d.identifiers_sealed = v.was`,
  },
};
const held: Pair = {
  read: {
    name: 'sealed-held-declarations',
    text: `select id, occurred_at, identifiers_sealed, id_number_hmac, passport_hmac, phone_hmac from declaration_held
           where province_code = $1 and id > $2 and identifiers_sealed is not null order by id limit $3`,
  },
  write: {
    name: 'rekey-held-declarations',
    text: `update declaration_held d set identifiers_sealed = v.sealed, id_number_hmac = v.id_number, passport_hmac = v.passport,
             phone_hmac = v.phone
           from unnest($2::uuid[], $3::timestamptz[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[])
             as v (id, at, was, sealed, id_number, passport, phone)
           where d.province_code = $1 and d.id = v.id and d.occurred_at = v.at and d.identifiers_sealed = v.was`,
  },
};

/** Seals what declarations hold of people, and hashes what they are found by, under the active keys. */
export const rekeyDeclarations: RekeyPage = (tx, keys, province, after) =>
  rekeyPage(declarations, tx, keys, province, after);
export const rekeyHeldDeclarations: RekeyPage = (tx, keys, province, after) =>
  rekeyPage(held, tx, keys, province, after);

async function rekeyPage(
  { read, write }: Pair,
  tx: Transaction,
  keys: Keys,
  province: string,
  after: string | null,
): Promise<RekeyedPage> {
  const rows = await tx.rows<SealedRow>(read, [province, after ?? nilUuid, rekeyPageSize]);
  const due = rows.flatMap((row) => underActiveKeys(keys, row));
  if (due.length > 0)
    await tx.rows(write, [
      province,
      due.map(({ row }) => row.id),
      due.map(({ row }) => row.occurred_at),
      due.map(({ row }) => row.identifiers_sealed),
      due.map(({ sealed }) => sealed),
      due.map(({ hashes }) => hashes.id_number_hmac),
      due.map(({ hashes }) => hashes.passport_hmac),
      due.map(({ hashes }) => hashes.phone_hmac),
    ]);
  return { last: pageEnd(rows.map(({ id }) => id)), changed: due.length };
}

function underActiveKeys(
  keys: Keys,
  row: SealedRow,
): Array<{ row: SealedRow; sealed: Buffer; hashes: IdentifierHashes }> {
  const resealed = resealIdentifiers(keys, row.identifiers_sealed);
  const hashes = identifierHashes(keys, openIdentifiers(keys, row.identifiers_sealed));
  const sameHashes = (['id_number_hmac', 'passport_hmac', 'phone_hmac'] as const).every((column) =>
    Buffer.from(row[column] ?? []).equals(hashes[column] ?? Buffer.alloc(0)),
  );
  return resealed || !sameHashes ? [{ row, sealed: resealed ?? row.identifiers_sealed, hashes }] : [];
}
