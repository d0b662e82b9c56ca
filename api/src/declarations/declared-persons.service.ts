import type { PersonRow } from '../people/person-view.service.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { declarationsByIds } from './declarations.queries.ts';

interface Declared {
  province: string;
  id: string;
}

/** The persons of declarations as declared, by the declaration's id; those past their time are missing. */
export async function declaredPersons(
  tx: Transaction,
  declarations: readonly Declared[],
): Promise<Map<string, PersonRow>> {
  const provinces = [...new Set(declarations.map(({ province }) => province))];
  const rows = await declarationsByIds(
    tx,
    { provinces, unitIds: null },
    declarations.map(({ id }) => id),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
