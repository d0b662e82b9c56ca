import { checkpointsByIds } from '../checkpoints/checkpoints.service.ts';
import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { Account } from './account.entity.ts';
import type { AccountProblem } from './account.problems.ts';
import { accountsByIds, assignedCheckpoints, takenAccounts } from './accounts.queries.ts';
import { jurisdictionOf } from './jurisdiction.ts';
import type { AccountDraft, Creator } from './read-account.ts';

export type CreateOutcome =
  | { kind: 'CREATED'; account: Account }
  | { kind: 'KNOWN'; account: Account }
  | { kind: 'INVALID'; problems: AccountProblem[] };

const oneAtATime = { name: 'lock-accounts', text: 'select pg_advisory_xact_lock(3802040)' };
const assign = {
  name: 'assign-checkpoints',
  text: 'insert into account_checkpoint (account_id, checkpoint_id) select $1, unnest($2::uuid[])',
};

/** Creates the account, with a password that works once; the same sent again finds it. Accounts are created one at a time. */
export async function createAccount(
  tx: Transaction,
  by: Creator & { at: Date },
  draft: AccountDraft,
  passwordHash: string,
): Promise<CreateOutcome> {
  await tx.rows(oneAtATime, []);
  const [known] = await accountsByIds(tx, [draft.id]);
  if (known) return (await isSame(tx, known, draft)) ? { kind: 'KNOWN', account: known } : invalid('id', 'ID_REUSED');
  const taken = await takenAccounts(tx, [draft.id], [draft.username]);
  if (taken.some(({ id }) => id === draft.id)) return invalid('id', 'ID_REUSED');
  if (taken.length > 0) return invalid('username', 'TAKEN');
  if (!(await standWithinUnit(tx, draft, by))) return invalid('checkpointIds', 'UNKNOWN_CHECKPOINT');

  const { id, username, fullName, roles, unit, checkpointIds } = draft;
  const account = tx.em.create(Account, {
    id,
    username,
    fullName,
    roles,
    passwordHash,
    mustChangePassword: true,
    unitId: unit.id,
    provinceCode: unit.provinceCode,
    active: true,
    demo: false,
    createdAt: by.at,
    createdBy: by.viewer.accountId,
  });
  await tx.em.flush();
  if (checkpointIds.length > 0) await tx.rows(assign, [id, checkpointIds]);
  await enter(tx, by, draft);
  return { kind: 'CREATED', account };
}

const invalid = (path: AccountProblem['path'], code: AccountProblem['code']): CreateOutcome => ({
  kind: 'INVALID',
  problems: [{ path, code }],
});

async function isSame(tx: Transaction, known: Account, draft: AccountDraft): Promise<boolean> {
  const assigned = (await assignedCheckpoints(tx, [known.id])).get(known.id) ?? [];
  const content = (
    one: { username: string; fullName: string; roles: string[] },
    unitId: string,
    checkpoints: string[],
  ) => JSON.stringify([one.username, one.fullName, one.roles.toSorted(), unitId, checkpoints.toSorted()]);
  return content(known, known.unitId, assigned) === content(draft, draft.unit.id, draft.checkpointIds);
}

async function standWithinUnit(
  tx: Transaction,
  { unit, checkpointIds }: AccountDraft,
  { territory }: Creator,
): Promise<boolean> {
  if (checkpointIds.length === 0) return true;
  const { provinces, unitIds } = jurisdictionOf(territory, unit.id);
  const found = await checkpointsByIds(tx, checkpointIds);
  const within = found.filter(({ unitId, provinceCode }) =>
    unitIds ? unitIds.has(unitId) : provinces.includes(provinceCode),
  );
  return within.length === checkpointIds.length;
}

async function enter(
  tx: Transaction,
  { viewer }: Creator,
  { id, roles, unit, checkpointIds }: AccountDraft,
): Promise<void> {
  await writeAudit(tx, {
    provinceCode: unit.provinceCode,
    actorId: viewer.accountId,
    role: 'ADMIN',
    unitId: viewer.jurisdiction.unitId,
    action: 'account.create',
    subjectKind: 'account',
    subjectIds: [id],
    detail: { roles, unitId: unit.id, checkpointIds },
  });
}
