import type { PersonKey } from '../people/people-elsewhere.service.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';

const ofPhones = {
  name: 'people-of-phones',
  text: `select distinct d.province_code, d.citizen_id as id from declaration d
         where d.province_code = any($1) and d.phone_hmac = any($2)
           and ($3::text[] is null or d.destination_address_unit_id = any($3))
         limit 200`,
};

/** Whom the declarations of a phone number name, as far as the scope reaches them. */
export function peopleOfPhones(tx: Transaction, scope: Scope, hashes: Buffer[]): Promise<PersonKey[]> {
  return tx.rows<PersonKey>(ofPhones, [scope.provinces, hashes, scope.unitIds]);
}
