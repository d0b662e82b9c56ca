import type { Keys } from '../platform/crypto/keys.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { documentHashes, documentsOf } from './identifiers.service.ts';
import type { IdNumber } from './shared/id-number.ts';

const byNumbers = {
  name: 'people-of-numbers',
  // CASE, not COALESCE: under row-level security the index is used by the one, and every citizen read by the other.
  text: `select distinct w.place, c.province_code, c.id, c.full_name
         from unnest($2::integer[], $3::bytea[]) as w (place, hmac)
         cross join lateral (
           select k.province_code, k.citizen_id from citizen_document k where k.province_code = any($1) and k.hmac = w.hmac
           union all
           select k.province_code, k.citizen_id from citizen_document k where k.province_code = any($1) and k.hmac_next = w.hmac
           offset 0) k
         left join citizen_alias a on a.province_code = k.province_code and a.alias_id = k.citizen_id and a.unmerged_at is null
         join citizen c on c.province_code = k.province_code and c.id = case when a.kept_id is null then k.citizen_id else a.kept_id end
         order by 1, 2, 3`,
};

export interface PersonOfNumber {
  province_code: string;
  id: string;
  full_name: string;
}

/** Who bears each of these numbers, in each of these provinces, as they stand; one statement for any number of them. */
export async function peopleOfNumbers(
  tx: Transaction,
  keys: Keys,
  provinces: readonly string[],
  numbers: readonly IdNumber[],
): Promise<PersonOfNumber[][]> {
  const hashes = numbers.flatMap((idNumber, place) =>
    documentsOf({ idNumber }).flatMap((document) => documentHashes(keys, document).map((hmac) => ({ place, hmac }))),
  );
  const rows = await tx.rows<PersonOfNumber & { place: number }>(byNumbers, [
    provinces,
    hashes.map(({ place }) => place),
    hashes.map(({ hmac }) => hmac),
  ]);
  const found = Map.groupBy(rows, ({ place }) => place);
  return numbers.map((_, place) => found.get(place) ?? []);
}
