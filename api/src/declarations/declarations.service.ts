import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { peopleShown } from '../policy/people-shown.ts';
import { permit, reachOf, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { Declaration } from './declaration.entity.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { declarationsByIds, declarationsOfSubmissions, openedDeclarations } from './declarations.queries.ts';
import type { ReaderView } from '../people/person-view.service.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import type { Territory } from '../territory/territory.service.ts';

export { declarationIdOfCode, openDeclarationsBy, timeOf } from './declarations.queries.ts';
export { openOfNumbers } from './open-of-numbers.ts';
export type { DeclarationRow } from './declaration.row.ts';

/** What resolvers of all rooms need to show rows. */
export interface Parts {
  keys: Keys;
  territory: Territory;
}

export const viewFor = (parts: Parts, context: Context): ReaderView => ({
  keys: parts.keys,
  territory: parts.territory,
  locale: context.locale,
});

/** An officer reads a declaration only as one opened at an own checkpoint, and then whole; everybody else reads masked. */
async function readable(
  context: Context,
  ids: readonly string[],
): Promise<Array<{ row: DeclarationRow; whole: boolean }>> {
  const scope = permit(context, 'declaration.read');
  const tx = await context.transaction();
  const bound = scope.checkpointIds !== null;
  const rows = bound ? await openedDeclarations(tx, scope, ids, context.at) : await declarationsByIds(tx, scope, ids);
  const whole = peopleShown('declaration.read', scope) === 'WHOLE';
  return rows.map((row) => ({ row, whole }));
}

const declarationLoader: LoaderDefinition<string, { row: DeclarationRow; whole: boolean }> = {
  async load(context, ids) {
    const viewer = (context as Context).viewer;
    if (!viewer || !reachOf(viewer, 'declaration.read')) return ids.map(() => null);
    const found = new Map((await readable(context as Context, ids)).map((entry) => [entry.row.id, entry]));
    return ids.map((id) => found.get(id) ?? null);
  },
};

/** An officer reads again what a scan opened: each time that is a look. */
export function sawDeclarations({ trail }: Context, rows: readonly DeclarationRow[]): void {
  const declarations = rows.map((row) => ({ id: row.id, provinceCode: row.province_code }));
  trail.saw({ action: 'declaration.read', role: 'OFFICER', declarations });
}

/** A partner app was shown these, masked: each use is a look, and one page is one entry, were it empty. */
export function sawForApp(
  { trail }: Context,
  action: 'declarations.read' | 'declaration.submit',
  rows: readonly DeclarationRow[],
): void {
  const declarations = rows.map((row) => ({ id: row.id, provinceCode: row.province_code }));
  trail.saw({ action, role: 'PARTNER', declarations, always: true });
}

export async function loadDeclaration(parts: Parts, context: Context, id: string): Promise<Declaration | null> {
  const entry = await context.loaders.of(context, declarationLoader).load(id);
  if (entry?.whole) sawDeclarations(context, [entry.row]);
  if (context.viewer?.app) sawForApp(context, 'declarations.read', entry ? [entry.row] : []);
  return entry && new Declaration(entry.row, viewFor(parts, context), entry.whole);
}

/** The companions of declarations that the reader may see: by submission, those the same reader may see. */
export const companionLoader: LoaderDefinition<DeclarationRow, DeclarationRow[]> = {
  cacheKey: (row) => row.id,
  async load(context, rows) {
    const tx = await (context.transactions.open ?? context.transaction());
    const provinces = [...new Set(rows.map((row) => row.province_code))];
    const all = await declarationsOfSubmissions(tx, provinces, [...new Set(rows.map((row) => row.submission_id))]);
    return rows.map((row) =>
      all.filter((other) => other.submission_id === row.submission_id && other.id !== row.id).slice(0, 50),
    );
  },
};

export function within(scope: Scope, row: DeclarationRow): boolean {
  return (
    scope.provinces.includes(row.province_code) &&
    (!scope.unitIds || scope.unitIds.includes(row.destination_address_unit_id))
  );
}
