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

/** Who somebody is, as what and where they work: all of an account that may be changed later. */
export interface Post {
  fullName: string;
  roles: Role[];
  unit: AdministrativeUnit;
  checkpointIds: string[];
}

export interface AccountDraft extends Post {
  id: string;
  username: string;
}

/** Who creates or changes accounts, within what, and when. */
export interface Administrator {
  viewer: Viewer;
  scope: Scope;
  territory: Territory;
  at: Date;
  /** Why, in the own words, where it was asked for. */
  reason?: string | null;
}

/** Reads what an administrator sent, with all problems at once. */
export function readAccount(
  input: CreateAccountInput,
  by: Administrator,
): { draft: AccountDraft } | { problems: AccountProblem[] } {
  const { id, username, fullName, roles } = input;
  const problems: AccountProblem[] = [];
  if (uuid7Time(id) === null) problems.push({ path: 'id', code: 'ID' });
  if (!usernamePattern.test(username)) problems.push({ path: 'username', code: 'USERNAME' });
  const unit = by.territory.byCode(input.unitCode);
  const read = readPost({ fullName, roles, unit, checkpointIds: input.checkpointIds ?? [] }, by);
  if ('problems' in read) return { problems: [...problems, ...read.problems] };
  return problems.length > 0 ? { problems } : { draft: { id, username, ...read.post } };
}

/** What stands the rules of creating, whether an account is created or changed. */
export function readPost(
  wanted: Omit<Post, 'unit'> & { unit: AdministrativeUnit | undefined },
  by: Administrator,
): { post: Post } | { problems: AccountProblem[] } {
  const { unit } = wanted;
  const fullName = readLine(wanted.fullName, longestName);
  const roles = [...new Set(wanted.roles)].sort();
  const checkpointIds = [...new Set(wanted.checkpointIds)].sort();
  const problems: AccountProblem[] = [];
  if (!fullName) problems.push({ path: 'fullName', code: 'NAME' });
  if (roles.length === 0 || roles.length !== wanted.roles.length || roles.includes('PARTNER'))
    problems.push({ path: 'roles', code: 'ROLES' });
  const unitProblem = unit ? placeProblem(unit, roles, by) : ({ path: 'unitCode', code: 'UNKNOWN_UNIT' } as const);
  if (unitProblem) problems.push(unitProblem);
  const assignment = assignmentProblem(checkpointIds, roles);
  if (assignment) problems.push({ path: 'checkpointIds', code: assignment });
  if (problems.length > 0 || !unit || !fullName) return { problems };
  return { post: { fullName, roles, unit, checkpointIds } };
}

/** Nobody grants a unit beyond the own, nor makes an equal: only the nation, with nobody above, has several ADMINs of one. */
function placeProblem(unit: AdministrativeUnit, roles: Role[], by: Administrator): AccountProblem | null {
  if (!coversUnit(by.scope, unit)) return { path: 'unitCode', code: 'OUTSIDE' };
  return isBeside(by, { roles, unitId: unit.id }) ? { path: 'roles', code: 'ADMIN_BELOW' } : null;
}

/** An administrator of the viewer's own unit: an equal, whom only those above may make, change or suspend. */
export function isBeside(
  { viewer, territory }: Administrator,
  account: { roles: readonly Role[]; unitId: string },
): boolean {
  const unit = territory.today(account.unitId);
  return account.roles.includes('ADMIN') && unit.id === viewer.jurisdiction.unitId && unit.level !== 'NATION';
}

function assignmentProblem(checkpointIds: string[], roles: Role[]): AccountProblemCode | null {
  if (checkpointIds.length > 0 && !roles.includes('OFFICER')) return 'NOT_OFFICER';
  if (checkpointIds.length > mostCheckpoints) return 'TOO_MANY';
  return checkpointIds.some((id) => uuid7Time(id) === null) ? 'UNKNOWN_CHECKPOINT' : null;
}
