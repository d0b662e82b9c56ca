import type { Transaction } from '../../platform/database/transaction.ts';
import { nameKeys } from '../../platform/shared/text.ts';
import type { NamedPerson } from './rank-people.ts';

/** A person as they stand: kept_id is who they are merged into, or themselves. */
export interface Candidate extends NamedPerson {
  kept_id: string;
}

// A key that more people have tells little: of those no more are looked at, and the rarest keys come first. The whole name is
// a key too, so of a common name its bearers are found, and a birth date finds the rest.
const mostOfKey = 3_000;
const mostByKeys = 600;
const rarestKeys = 8;
const mostBorn = 12_000;

const byName = {
  name: 'people-by-name',
  text: `with asked as materialized (
           select w.key, (select count(*) from (
             select from citizen_name_key n where n.province_code = any($1) and n.key = w.key limit $3) found) as size
           from unnest($2::text[]) as w (key))
         , rarest as materialized (select key from asked where size > 0 order by size, key limit $4)
         , named as (
           select n.province_code, n.citizen_id as id from rarest r
           cross join lateral (
             select k.province_code, k.citizen_id from citizen_name_key k where k.province_code = any($1) and k.key = r.key limit $3) n
           group by 1, 2 order by count(*) desc, 2 limit $5)
         , born as (
           select c.province_code, c.id from citizen c
           where c.province_code = any($1) and c.date_of_birth collate "C" >= $6 and c.date_of_birth collate "C" < $7 limit $8)
         , born_in_year as (
           select c.province_code, c.id from citizen c where c.province_code = any($1) and c.date_of_birth collate "C" = $9)
         select c.province_code, c.id, c.full_name, c.date_of_birth, coalesce(a.kept_id, c.id) as kept_id
         from (select * from named union select * from born union select * from born_in_year) f
         join citizen c on c.province_code = f.province_code and c.id = f.id
         left join citizen_alias a on a.province_code = c.province_code and a.alias_id = c.id and a.unmerged_at is null`,
};

/** Who may answer to a name, bounded: by its rarest keys, and by the birth date or year where one is given. */
export function peopleByName(
  tx: Transaction,
  provinces: readonly string[],
  { name, born }: { name: string; born: string | null },
): Promise<Candidate[]> {
  // '1990-05-17' up to what sorts right behind it; '1990' up to '1990~', which is behind every day of the year.
  const [from, to] = born === null ? ['~', '~'] : [born, `${born}~`];
  return tx.rows<Candidate>(byName, [
    provinces,
    nameKeys(name),
    mostOfKey,
    rarestKeys,
    mostByKeys,
    from,
    to,
    mostBorn,
    born?.slice(0, 4) ?? '',
  ]);
}

const byDocument = {
  name: 'people-by-document',
  text: `select distinct c.province_code, c.id, c.full_name, c.date_of_birth, coalesce(a.kept_id, c.id) as kept_id
         from citizen_document k
         join citizen c on c.province_code = k.province_code and c.id = k.citizen_id
         left join citizen_alias a on a.province_code = c.province_code and a.alias_id = c.id and a.unmerged_at is null
         where k.province_code = any($1) and (k.hmac = any($2) or k.hmac_next = any($2))
         limit 200`,
};

export function peopleByDocument(
  tx: Transaction,
  provinces: readonly string[],
  hashes: Buffer[],
): Promise<Candidate[]> {
  return tx.rows<Candidate>(byDocument, [provinces, hashes]);
}

const byIds = {
  name: 'people-by-ids',
  text: `select c.province_code, c.id, c.full_name, c.date_of_birth, coalesce(a.kept_id, c.id) as kept_id
         from citizen c
         left join citizen_alias a on a.province_code = c.province_code and a.alias_id = c.id and a.unmerged_at is null
         where c.province_code = any($1) and c.id = any($2)`,
};

export function peopleByIds(
  tx: Transaction,
  provinces: readonly string[],
  ids: readonly string[],
): Promise<Candidate[]> {
  return tx.rows<Candidate>(byIds, [provinces, ids]);
}
