import { notFound } from '../platform/graphql/problems.ts';
import type { Context } from '../policy/viewer.ts';
import { CitizenView } from '../people/citizen.entity.ts';
import { citizenLoader, type CitizenKey } from '../people/citizens.service.ts';
import { viewFor, type Parts } from '../declarations/declarations.service.ts';

/** Somebody of a case, whole to its tracers; each case that was looked into is an entry with whom it showed, a page of cases is one (caseId null). */
export async function showPerson(
  context: Context,
  parts: Parts,
  key: CitizenKey,
  caseId: string | null,
  listAction = 'cases.read',
): Promise<CitizenView> {
  const row = await context.loaders.of(context, citizenLoader).load(key);
  if (!row) throw notFound();
  context.trail.saw({
    action: caseId ? 'case.read' : listAction,
    role: 'TRACER',
    declarations: [],
    citizens: [{ id: row.id, provinceCode: row.province_code }],
    ...(caseId ? { detail: { caseId } } : {}),
  });
  return new CitizenView(row, viewFor(parts, context), true);
}
