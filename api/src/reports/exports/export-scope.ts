import { permissionsOf, scopeOf, type Action, type Scope } from '../../policy/policy.ts';
import type { Viewer } from '../../policy/viewer.ts';
import type { ExportKind } from './export.row.ts';

const lists: Record<ExportKind, Action> = { PASSAGES: 'passage.list', DECLARATIONS: 'declaration.list' };

/** Whose rows a file of a viewer holds: those of the list that it is made of. Null for who may not make it. */
export function exportScope(viewer: Viewer, kind: ExportKind): Scope | null {
  const allowed = permissionsOf(viewer);
  return allowed.includes('export.request') && allowed.includes(lists[kind]) ? scopeOf(viewer, lists[kind]) : null;
}
