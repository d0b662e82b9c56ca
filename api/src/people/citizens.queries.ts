import type { Transaction } from '../platform/database/transaction.ts';
import type { CitizenRow } from './citizen.entity.ts';

const byIds = {
  name: 'citizens-by-ids',
  text: `select province_code, id, full_name, date_of_birth, sex, nationality, identifiers_sealed, permanent_line,
           permanent_unit_id, temporary_line, temporary_unit_id
         from citizen where province_code = any($1) and id = any($2)`,
};

/** These people's own rows, whomever they are merged into. */
export function citizensByIds(
  tx: Transaction,
  provinces: readonly string[],
  ids: readonly string[],
): Promise<CitizenRow[]> {
  return tx.rows<CitizenRow>(byIds, [provinces, ids]);
}

const asTheyStand = {
  name: 'citizens-as-they-stand',
  // CASE, not COALESCE: under row-level security the index is used by the one, and every citizen read by the other.
  text: `select asked.id as asked_id, c.province_code, c.id, c.full_name, c.date_of_birth, c.sex, c.nationality, c.identifiers_sealed,
           c.permanent_line, c.permanent_unit_id, c.temporary_line, c.temporary_unit_id
         from citizen asked
         left join citizen_alias a on a.province_code = asked.province_code and a.alias_id = asked.id and a.unmerged_at is null
         join citizen c on c.province_code = asked.province_code and c.id = case when a.kept_id is null then asked.id else a.kept_id end
         where asked.province_code = any($1) and asked.id = any($2)`,
};

/** Whom these people stand as: who is merged into somebody is that person. */
export function citizensAsTheyStand(
  tx: Transaction,
  provinces: readonly string[],
  ids: readonly string[],
): Promise<Array<CitizenRow & { asked_id: string }>> {
  return tx.rows(asTheyStand, [provinces, ids]);
}

const documentsByHash = {
  name: 'citizen-documents',
  text: 'select hmac, hmac_next, citizen_id from citizen_document where province_code = $1 and (hmac = any($2) or hmac_next = any($2))',
};

export interface DocumentRow {
  hmac: Buffer;
  hmac_next: Buffer | null;
  citizen_id: string;
}

export function findDocuments(tx: Transaction, province: string, hashes: Buffer[]): Promise<DocumentRow[]> {
  return tx.rows<DocumentRow>(documentsByHash, [province, hashes]);
}

const addDocuments = {
  name: 'add-citizen-documents',
  text: `insert into citizen_document (province_code, hmac, hmac_next, hmac_key, citizen_id, kind, created_at)
         select $1, hmac, hmac_next, $6, citizen_id, kind, $7
         from unnest($2::bytea[], $3::bytea[], $4::uuid[], $5::text[]) as d (hmac, hmac_next, citizen_id, kind)
         order by hmac on conflict do nothing`,
};

export interface NewDocument {
  hmac: Buffer;
  /** Under the ring's other key while keys rotate. */
  hmacNext: Buffer | null;
  citizenId: string;
  kind: string;
}

export async function insertDocuments(
  tx: Transaction,
  province: string,
  keyId: string,
  documents: NewDocument[],
  at: Date,
): Promise<void> {
  await tx.rows(addDocuments, [
    province,
    documents.map((d) => d.hmac),
    documents.map((d) => d.hmacNext),
    documents.map((d) => d.citizenId),
    documents.map((d) => d.kind),
    keyId,
    at,
  ]);
}

const takeTurns = {
  name: 'take-turns-on-documents',
  text: 'select pg_advisory_xact_lock(turn) from (select unnest($1::bigint[]) as turn order by 1) t',
};

/** Whoever adds one of the same documents waits until this transaction has ended. */
export async function takeTurnsOnDocuments(tx: Transaction, turns: bigint[]): Promise<void> {
  await tx.rows(takeTurns, [turns.map(String)]);
}

const addCitizens = {
  name: 'add-citizens',
  text: `with people as (
           insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, identifiers_sealed, permanent_line,
             permanent_unit_id, temporary_line, temporary_unit_id, created_at)
           select $1, p.*, $2 from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::text[],
             $10::text[], $11::text[], $12::text[]) as p
           on conflict do nothing)
         insert into citizen_name_key (province_code, key, citizen_id)
         select $1, k.key, k.id from unnest($13::uuid[], $14::text[]) as k (id, key) on conflict do nothing`,
};

export async function insertCitizens(
  tx: Transaction,
  rows: CitizenRow[],
  nameKeys: Array<{ id: string; key: string }>,
  at: Date,
): Promise<void> {
  const column = <Key extends keyof CitizenRow>(key: Key) => rows.map((row) => row[key]);
  await tx.rows(addCitizens, [
    rows[0]?.province_code,
    at,
    column('id'),
    column('full_name'),
    column('date_of_birth'),
    column('sex'),
    column('nationality'),
    column('identifiers_sealed'),
    column('permanent_line'),
    column('permanent_unit_id'),
    column('temporary_line'),
    column('temporary_unit_id'),
    nameKeys.map(({ id }) => id),
    nameKeys.map(({ key }) => key),
  ]);
}
