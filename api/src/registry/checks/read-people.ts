import type { Keys } from '../../platform/crypto/keys.ts';
import { inTransaction, wholeProvinces, type Transaction } from '../../platform/database/transaction.ts';
import type { Database } from '../../platform/database/database.ts';
import { citizensOf } from '../../people/citizens.service.ts';
import { openIdentifiers } from '../../people/identifiers.service.ts';
import type { PersonRow } from '../../people/person-view.service.ts';
import type { Declared } from '../enqueue-checks.service.ts';
import type { AskedPerson } from './compare-record.ts';
import type { TakenCheck } from './checks.queries.ts';

/** The persons of declarations by their ids; declarations belong to a floor above. */
export type DeclaredPersons = (tx: Transaction, declarations: readonly Declared[]) => Promise<Map<string, PersonRow>>;

/** A check with whom to ask about: null where there is no number to ask by, GONE where nobody is known any more. */
export type ReadCheck = { check: TakenCheck; person: AskedPerson | null | 'GONE' };

/** Reads the people of checks of one province: as they declared at the checkpoint, where an officer compared the card, else as they are known. */
export async function readPeople(
  database: Database,
  keys: Keys,
  declaredPersons: DeclaredPersons,
  province: string,
  checks: readonly TakenCheck[],
): Promise<ReadCheck[]> {
  const declarations = checks.flatMap(({ declaration }) => declaration ?? []);
  const provinces = [...new Set([province, ...declarations.map((declared) => declared.province)])];
  const { citizens, declared } = await inTransaction(database, wholeProvinces(provinces), async (tx) => {
    const known = await citizensOf(
      tx,
      province,
      checks.map(({ citizenId }) => citizenId),
    );
    return {
      citizens: new Map(known.map((row) => [row.id, row])),
      declared: declarations.length > 0 ? await declaredPersons(tx, declarations) : new Map<string, PersonRow>(),
    };
  });
  return checks.map((check) => {
    const citizen = citizens.get(check.citizenId);
    if (!citizen) return { check, person: 'GONE' };
    return { check, person: askedPerson(keys, declared.get(check.declaration?.id ?? '') ?? citizen) };
  });
}

function askedPerson(keys: Keys, row: PersonRow): AskedPerson | null {
  const { idNumber } = openIdentifiers(keys, row.identifiers_sealed);
  if (!idNumber) return null;
  return { fullName: row.full_name, dateOfBirth: row.date_of_birth, sex: row.sex, idNumber };
}
