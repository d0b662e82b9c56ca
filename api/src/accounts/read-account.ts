import { readLine } from '../platform/shared/text.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { coversUnit, type Scope } from '../policy/policy.ts';
import type { Role, Viewer } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import type { AccountProblem, AccountProblemCode } from './account.problems.ts';
import type { CreateAccountInput } from './create-account.input.ts';

export const usernamePattern = /^[a-z0-9][a-z0-9._-]{2,39}$/;
const longestName = 120;
const mostCheckpoints = 50;

export interface AccountDraft {
  id: string;
  username: string;
  fullName: string;
  roles: Role[];
  unit: AdministrativeUnit;
  checkpointIds: string[];
}

export interface Creator {
  viewer: Viewer;
  scope: Scope;
  territory: Territory;
}

/** Reads what an administrator sent, with all problems at once. */
export function readAccount(
  input: CreateAccountInput,
  by: Creator,
): { draft: AccountDraft } | { problems: AccountProblem[] } {
  const { id, username } = input;
  const fullName = readLine(input.fullName, longestName);
  const roles = [...new Set(input.roles)].sort();
  const unit = by.territory.byCode(input.unitCode);
  const checkpointIds = [...new Set(input.checkpointIds ?? [])].sort();
  const problems: AccountProblem[] = [];
  if (uuid7Time(id) === null) problems.push({ path: 'id', code: 'ID' });
  if (!usernamePattern.test(username)) problems.push({ path: 'username', code: 'USERNAME' });
  if (!fullName) problems.push({ path: 'fullName', code: 'NAME' });
  if (roles.length === 0 || roles.length !== input.roles.length) problems.push({ path: 'roles', code: 'ROLES' });
  const unitProblem = unit ? placeProblem(unit, roles, by) : ({ path: 'unitCode', code: 'UNKNOWN_UNIT' } as const);
  if (unitProblem) problems.push(unitProblem);
  const assignment = assignmentProblem(checkpointIds, roles);
  if (assignment) problems.push({ path: 'checkpointIds', code: assignment });
  if (problems.length > 0 || !unit || !fullName) return { problems };
  return { draft: { id, username, fullName, roles, unit, checkpointIds } };
}

/** Nobody grants a unit beyond the own, nor makes an equal: only the nation, with nobody above, has several ADMINs of one. */
function placeProblem(unit: AdministrativeUnit, roles: Role[], { viewer, scope }: Creator): AccountProblem | null {
  if (!coversUnit(scope, unit)) return { path: 'unitCode', code: 'OUTSIDE' };
  const isOwn = unit.id === viewer.jurisdiction.unitId;
  return roles.includes('ADMIN') && isOwn && unit.level !== 'NATION' ? { path: 'roles', code: 'ADMIN_BELOW' } : null;
}

function assignmentProblem(checkpointIds: string[], roles: Role[]): AccountProblemCode | null {
  if (checkpointIds.length > 0 && !roles.includes('OFFICER')) return 'NOT_OFFICER';
  if (checkpointIds.length > mostCheckpoints) return 'TOO_MANY';
  return checkpointIds.some((id) => uuid7Time(id) === null) ? 'UNKNOWN_CHECKPOINT' : null;
}
