import type { CreateAccountInput, Role } from '../../gql/admin/graphql.ts';
import type { PickedUnit } from '../../ui/unit-search.ts';

export interface AccountDraft {
  fullName: string;
  username: string;
  role: Role | null;
  unit: PickedUnit | null;
  checkpointIds: string[];
}

/** What the server takes, or the keys of what is missing, field by field. An officer without a checkpoint can do nothing. */
export function toAccountInput(id: string, draft: AccountDraft): CreateAccountInput | Record<string, string> {
  const { role, unit } = draft;
  const checkpointIds = role === 'OFFICER' ? draft.checkpointIds : [];
  const missing = {
    ...(!draft.fullName.trim() && { fullName: 'accounts.missing.fullName' }),
    ...(!draft.username.trim() && { username: 'accounts.missing.username' }),
    ...(!unit && { unitCode: 'accounts.missing.unit' }),
    ...(role === 'OFFICER' && !checkpointIds.length && { checkpointIds: 'accounts.missing.checkpoints' }),
  };
  if (Object.keys(missing).length > 0 || !role || !unit) return missing;
  const username = draft.username.trim().toLowerCase();
  return { id, username, fullName: draft.fullName.trim(), roles: [role], unitCode: unit.code, checkpointIds };
}

export const isInput = (found: CreateAccountInput | Record<string, string>): found is CreateAccountInput =>
  'id' in found;
