import type { Transaction } from '../platform/database/transaction.ts';
import type { ReaderView } from '../people/person-view.service.ts';
import type { Scope } from '../policy/policy.ts';
import { Declaration } from './declaration.entity.ts';
import { DeclarationFilter } from './declaration.input.ts';
import { countDeclarationsUpTo, listDeclarations, type DeclarationListFilter } from './declaration-list.queries.ts';
import { readDeclarationFilter } from './read-declaration-filter.ts';

export { countDeclarationsUpTo, DeclarationFilter, readDeclarationFilter };

/** The next declarations of a list, newest first and masked, in one statement. */
export async function declarationsToFile(
  tx: Transaction,
  scope: Scope,
  filter: DeclarationListFilter,
  { after, first, view }: { after: string[] | null; first: number; view: ReaderView },
): Promise<Declaration[]> {
  const rows = await listDeclarations(tx, scope, filter, { list: 'declarations', after, first });
  return rows.slice(0, first).map((row) => new Declaration(row, view, false));
}
