import type { AccountRowFragment, CreateAccountInput, Role, UpdateAccountInput } from '../../gql/admin/graphql.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';

export interface AccountDraft {
  fullName: string;
  username: string;
  roles: Role[];
  unit: PickedUnit | null;
  checkpointIds: string[];
}

/** What the server takes, or the keys of what is missing, field by field. An officer without a checkpoint can do nothing. */
export function toAccountInput(id: string, draft: AccountDraft): CreateAccountInput | Record<string, string> {
  const { roles, unit } = draft;
  const isOfficer = roles.includes('OFFICER');
  const checkpointIds = isOfficer ? draft.checkpointIds : [];
  const missing = {
    ...(!draft.fullName.trim() && { fullName: 'accounts.missing.fullName' }),
    ...(!draft.username.trim() && { username: 'accounts.missing.username' }),
    ...(!roles.length && { roles: 'accounts.missing.roles' }),
    ...(!unit && { unitCode: 'accounts.missing.unit' }),
    ...(isOfficer && !checkpointIds.length && { checkpointIds: 'accounts.missing.checkpoints' }),
  };
  if (Object.keys(missing).length > 0 || !unit) return missing;
  const username = draft.username.trim().toLowerCase();
  return { id, username, fullName: draft.fullName.trim(), roles, unitCode: unit.code, checkpointIds };
}

export const isInput = (found: CreateAccountInput | Record<string, string>): found is CreateAccountInput =>
  'unitCode' in found && 'roles' in found && Array.isArray(found.roles);

/** Of an account that is there: refused where somebody else changed it meanwhile. */
export function toChange(
  input: CreateAccountInput,
  { version }: Pick<AccountRowFragment, 'version'>,
): UpdateAccountInput {
  const { fullName, roles, unitCode, checkpointIds } = input;
  return { fullName, roles, unitCode, checkpointIds: checkpointIds ?? [], version };
}
