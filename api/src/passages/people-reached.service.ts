import type { PersonKey } from '../people/people-elsewhere.service.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';

const reached = {
  name: 'people-reached',
  // OFFSET 0: looked up one by one, never all rows hashed at once.
  text: `with member as (
           select w.province_code, w.id, w.id as kept from unnest($1::text[], $2::uuid[]) as w (province_code, id)
           union all
           select a.province_code, a.alias_id, a.kept_id from citizen_alias a
           where a.province_code = any($1) and a.kept_id = any($2) and a.unmerged_at is null)
         select distinct m.province_code, m.kept as id from member m
         where m.province_code = any($3) and (
           exists (select from declaration d where d.province_code = m.province_code and d.citizen_id = m.id
             and ($4::text[] is null or d.destination_address_unit_id  = any($4)) offset 0)
      or exists (select from passage p where p.province_code = m.province_code and p.citizen_id = m.id
             and ($4::text[] is null or p.unit_id = any($4) or p.destination_unit_id  = any($4)) offset 0)
      or exists (select from declaration_held d where d.province_code = m.province_code and d.citizen_id = m.id
             and ($4::text[] is null or d.destination_address_unit_id  = any($4)) offset 0)
      or exists (select from passage_held p where p.province_code = m.province_code and p.citizen_id = m.id
             and ($4::text[] is null or p.unit_id = any($4) or p.destination_unit_id = any($4)) offset 0))`,
};

/** A citizen is reached through a row that one may see: which of these are, they or whoever is merged into them. */
export function peopleReached(tx: Transaction, scope: Scope, people: readonly PersonKey[]): Promise<PersonKey[]> {
  const [provinces, ids] = [people.map(({ province_code }) => province_code), people.map(({ id }) => id)];
  return tx.rows<PersonKey>(reached, [provinces, ids, scope.provinces, scope.unitIds]);
}

/** The same people, but for those out of reach. */
export async function onlyReached<Person extends PersonKey>(
  tx: Transaction,
  scope: Scope,
  people: readonly Person[],
): Promise<Person[]> {
  if (people.length === 0) return [];
  const reached = new Set((await peopleReached(tx, scope, people)).map(keyOf));
  return people.filter((person) => reached.has(keyOf(person)));
}

const keyOf = ({ province_code, id }: PersonKey): string => `${province_code}/${id}`;
