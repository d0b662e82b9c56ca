import type { PersonKey } from '../people/people-elsewhere.service.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';
import { readSpokenCode } from './shared/spoken-code.ts';

const ofCode = {
  name: 'people-of-code',
  text: `select d.province_code, d.citizen_id as id from declaration_handle h
         join declaration d on d.province_code = h.province_code and d.id = h.declaration_id and d.occurred_at = h.occurred_at
         where h.province_code = any($1) and h.kind = 'CODE' and h.handle = $2
           and ($3::text[] is null or d.destination_address_unit_id = any($3))`,
};

/** Whom the declaration with this spoken code names, as it was typed, as far as the scope reaches it. */
export async function peopleOfCode(tx: Transaction, scope: Scope, typed: string): Promise<PersonKey[]> {
  const code = readSpokenCode(typed);
  return code === null ? [] : tx.rows<PersonKey>(ofCode, [scope.provinces, Buffer.from(code), scope.unitIds]);
}
