import { writeAudits } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Locale } from '../platform/graphql/locale.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { accountToChange } from './account-to-change.ts';
import type { Account } from './account.entity.ts';
import { accountProblemTexts, type AccountProblem } from './account.problems.ts';
import { assignedCheckpoints } from './accounts.queries.ts';
import { entryOf, type Change } from './audit-account.ts';
import { withCheckpointsElsewhere } from './create-accounts.ts';
import { readPost, type Administrator, type Post } from './read-account.ts';
import { endSessionsOf } from './sessions/sessions.service.ts';
import type { UpdateAccountInput } from './update-account.input.ts';

/** All of an account that a change may touch. */
type Standing = Post & { active: boolean };
type Field = keyof Standing;

const unassign = {
  name: 'unassign-checkpoints',
  text: 'delete from account_checkpoint where account_id = $1 and checkpoint_id <> all($2)',
};
const assign = {
  name: 'assign-checkpoints',
  text: `insert into account_checkpoint (account_id, checkpoint_id) select $1, unnest($2::uuid[]) on conflict do nothing`,
};

/** Changes what was sent by the rules of creating; sent again it changes nothing and enters nothing. */
export async function updateAccount(
  tx: Transaction,
  by: Administrator,
  id: string,
  input: UpdateAccountInput,
): Promise<Account> {
  const account = await accountToChange(tx, by, id, input.version ?? null);
  const before = await standingOf(tx, account, by);
  const after = { ...readChange(before, input, by), active: input.active ?? before.active };
  const changed = fieldsThatDiffer(before, after);
  if (changed.length === 0) return account;
  if (changed.includes('unit') || changed.includes('checkpointIds')) await refuseCheckpointsElsewhere(tx, after, by);

  const { fullName, roles, unit, active } = after;
  const { id: unitId, provinceCode } = unit;
  Object.assign(account, { fullName, roles, unitId, provinceCode, active, version: account.version + 1 });
  await tx.em.flush();
  if (changed.includes('checkpointIds')) {
    await tx.rows(unassign, [id, after.checkpointIds]);
    await tx.rows(assign, [id, after.checkpointIds]);
  }
  if (endsSessions(before, after)) await endSessionsOf(tx, id, by.at);
  const changes = describe(id, before, after, changed);
  await writeAudits(
    tx,
    changes.map((change) => entryOf(by, change)),
  );
  return account;
}

async function standingOf(tx: Transaction, account: Account, { territory }: Administrator): Promise<Standing> {
  const { id, fullName, roles, unitId, active } = account;
  const checkpointIds = (await assignedCheckpoints(tx, [id])).get(id) ?? [];
  return {
    fullName,
    roles: roles.toSorted(),
    unit: territory.today(unitId),
    checkpointIds: checkpointIds.toSorted(),
    active,
  };
}

function readChange(before: Standing, input: UpdateAccountInput, by: Administrator): Post {
  const roles = input.roles ?? before.roles;
  const kept = roles.includes('OFFICER') ? before.checkpointIds : [];
  const read = readPost(
    {
      fullName: input.fullName ?? before.fullName,
      roles,
      unit: typeof input.unitCode === 'string' ? by.territory.byCode(input.unitCode) : before.unit,
      checkpointIds: input.checkpointIds ?? kept,
    },
    by,
  );
  if ('problems' in read) throw refused(read.problems);
  return read.post;
}

async function refuseCheckpointsElsewhere(tx: Transaction, after: Post, by: Administrator): Promise<void> {
  const elsewhere = await withCheckpointsElsewhere(tx, [after], by);
  if (elsewhere.size > 0) throw refused([{ path: 'checkpointIds', code: 'UNKNOWN_CHECKPOINT' }]);
}

const refused = (problems: AccountProblem[]) =>
  badInput(
    Object.fromEntries(
      problems.map(({ path, code }): [string, Record<Locale, string>] => [path, accountProblemTexts[code]]),
    ),
  );

const plain = (value: Standing[Field]) =>
  JSON.stringify(typeof value === 'object' && 'code' in value ? value.id : value);

function fieldsThatDiffer(before: Standing, after: Standing): Field[] {
  const fields: Field[] = ['fullName', 'roles', 'unit', 'checkpointIds', 'active'];
  return fields.filter((field) => plain(before[field]) !== plain(after[field]));
}

/** What was begun with more than is left ends: a suspension, a move, a role that was taken. Of a suspension nothing comes back. */
function endsSessions(before: Standing, after: Standing): boolean {
  return (
    !after.active ||
    !before.active ||
    before.unit !== after.unit ||
    before.roles.some((role) => !after.roles.includes(role))
  );
}

/** One entry, or one in each province that a move touches. */
function describe(id: string, before: Standing, after: Standing, changed: Field[]): Change[] {
  const suspended = changed.includes('active') && (after.active ? 'account.reactivate' : 'account.suspend');
  const shown = ({ roles, unit, checkpointIds, active }: Standing) => ({
    ...(changed.includes('roles') && { roles }),
    ...(changed.includes('unit') && { unitId: unit.id }),
    ...(changed.includes('checkpointIds') && { checkpointIds }),
    ...(changed.includes('active') && { active }),
  });
  const provinces = new Set([before.unit.provinceCode, after.unit.provinceCode]);
  return [...provinces].map((provinceCode) => ({
    action: suspended || 'account.update',
    id,
    provinceCode,
    detail: { changed, before: shown(before), after: shown(after) },
  }));
}
