import type { Keys } from '../platform/crypto/keys.ts';
import { pageEnd, rekeyPageSize, type RekeyPage } from '../platform/crypto/rekeying.ts';
import { nilUuid } from '../platform/shared/uuid7.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { documentHashes, documentsOf, openIdentifiers, resealIdentifiers } from './identifiers.service.ts';

interface SealedRow {
  id: string;
  identifiers_sealed: Buffer;
}

const sealedCitizens = {
  name: 'sealed-citizens',
  text: `select id, identifiers_sealed from citizen
         where province_code = $1 and id > $2 and identifiers_sealed is not null order by id limit $3`,
};
const reseal = {
  name: 'reseal-citizens',
  // Who was erased or changed meanwhile stays so.
  text: `update citizen c set identifiers_sealed = v.sealed
         from unnest($2::uuid[], $3::bytea[], $4::bytea[]) as v (id, was, sealed)
         where c.province_code = $1 and c.id = v.id and c.identifiers_sealed = v.was returning c.id`,
};
const fillNext = {
  name: 'fill-next-hashes',
  text: `update citizen_document d set hmac_next = v.next from unnest($2::bytea[], $3::bytea[]) as v (hmac, next)
         where d.province_code = $1 and d.hmac = v.hmac and d.hmac_next is distinct from v.next returning d.kind`,
};

async function pageOf(tx: Transaction, province: string, after: string | null): Promise<SealedRow[]> {
  return tx.rows<SealedRow>(sealedCitizens, [province, after ?? nilUuid, rekeyPageSize]);
}

/** Seals what identifies people under the active key. */
export const resealCitizens: RekeyPage = async (tx, keys, province, after) => {
  const rows = await pageOf(tx, province, after);
  const due = rows.flatMap(({ id, identifiers_sealed: was }) => {
    const sealed = resealIdentifiers(keys, was);
    return sealed ? [{ id, was, sealed }] : [];
  });
  if (due.length > 0)
    await tx.rows(reseal, [province, due.map(({ id }) => id), due.map(({ was }) => was), due.map((row) => row.sealed)]);
  return { last: pageEnd(rows.map(({ id }) => id)), changed: due.length };
};

/** Gives every number of people its hash under the active key too, beside the one it is found by until now. */
export const hashDocumentsAnew: RekeyPage = async (tx, keys, province, after) => {
  const rows = await pageOf(tx, province, after);
  const pairs = rows.flatMap((row) => pairsOf(keys, row));
  const changed = await tx.rows(fillNext, [province, pairs.map(({ old }) => old), pairs.map(({ next }) => next)]);
  return { last: pageEnd(rows.map(({ id }) => id)), changed: changed.length };
};

function pairsOf(keys: Keys, { identifiers_sealed }: SealedRow): Array<{ old: Buffer; next: Buffer }> {
  return documentsOf(openIdentifiers(keys, identifiers_sealed)).flatMap((document) => {
    const [next = Buffer.alloc(0), ...older] = documentHashes(keys, document);
    return older.map((old) => ({ old, next }));
  });
}

const strays = {
  name: 'stray-documents',
  text: `select hmac from citizen_document
         where province_code = $1 and hmac > $2 and hmac_next is null and hmac_key is distinct from $3 order by hmac limit $4`,
};
const knownElsewhere = {
  name: 'strays-known-elsewhere',
  text: `select distinct on (hmac) hmac, hmac_next from citizen_document
         where province_code = any($1) and hmac = any($2) and hmac_next is not null`,
};

/** Numbers that came from another province without their person's form: there the new hash is known by now. */
export function hashStraysAnew(provinces: readonly string[]): RekeyPage {
  return async (tx, keys, province, after) => {
    const found = await tx.rows<{ hmac: Buffer }>(strays, [
      province,
      Buffer.from(after ?? '', 'hex'),
      keys.lookup.active.id,
      rekeyPageSize,
    ]);
    const hashes = found.map(({ hmac }) => hmac);
    const known = await tx.rows<{ hmac: Buffer; hmac_next: Buffer }>(knownElsewhere, [provinces, hashes]);
    const changed = await tx.rows(fillNext, [
      province,
      known.map(({ hmac }) => hmac),
      known.map((row) => row.hmac_next),
    ]);
    return { last: pageEnd(hashes.map((hash) => hash.toString('hex'))), changed: changed.length };
  };
}

const swap = {
  name: 'swap-document-hashes',
  text: `with page as materialized (
           select hmac from citizen_document where province_code = $1 and hmac > $2 order by hmac limit $4)
         , swapped as (
           update citizen_document d set hmac = d.hmac_next, hmac_next = d.hmac, hmac_key = $3
           from page where d.province_code = $1 and d.hmac = page.hmac and d.hmac_key is distinct from $3 and d.hmac_next is not null
             and not exists (select from citizen_document o where o.province_code = $1 and o.hmac = d.hmac_next)
           returning 1)
         select page.hmac, (select count(*) from swapped) as changed from page order by hmac`,
};

/** From now on numbers are found by the active key's hash; the older one stays beside it until the key is dropped. */
export const swapDocumentHashes: RekeyPage = async (tx, keys, province, after) => {
  const rows = await tx.rows<{ hmac: Buffer; changed: number }>(swap, [
    province,
    Buffer.from(after ?? '', 'hex'),
    keys.lookup.active.id,
    rekeyPageSize,
  ]);
  return { last: pageEnd(rows.map(({ hmac }) => hmac.toString('hex'))), changed: rows[0]?.changed ?? 0 };
};

const forget = {
  name: 'forget-older-hashes',
  text: `update citizen_document d set hmac_next = null
         from (select hmac from citizen_document where province_code = $1 and hmac > $2 and hmac_next is not null order by hmac limit $3) page
         where d.province_code = $1 and d.hmac = page.hmac returning d.hmac`,
};

/** Once the older key is gone, so are its hashes. */
export const forgetOlderHashes: RekeyPage = async (tx, _keys, province, after) => {
  const rows = await tx.rows<{ hmac: Buffer }>(forget, [province, Buffer.from(after ?? '', 'hex'), rekeyPageSize]);
  const hashes = rows.map(({ hmac }) => hmac.toString('hex')).sort();
  return { last: pageEnd(hashes), changed: rows.length };
};

const unexplained = {
  name: 'unexplained-documents',
  text: 'select count(*) as count from citizen_document where province_code = any($1) and hmac_key is distinct from $2',
};

/** Numbers that nobody's stored form explains: they cannot be hashed anew. */
export async function countUnexplained(tx: Transaction, keys: Keys, provinces: readonly string[]): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(unexplained, [provinces, keys.lookup.active.id]);
  return row?.count ?? 0;
}
