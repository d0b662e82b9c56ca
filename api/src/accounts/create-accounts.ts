import { checkpointsByIds } from '../checkpoints/checkpoints.service.ts';
import { writeAudits } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Account } from './account.entity.ts';
import type { AccountProblem } from './account.problems.ts';
import { accountsByIds, assignedCheckpoints, takenAccounts } from './accounts.queries.ts';
import { entryOf, type Change } from './audit-account.ts';
import type { CreateAccountInput } from './create-account.input.ts';
import { insertAccounts } from './insert-accounts.ts';
import { jurisdictionOf } from './jurisdiction.ts';
import { hashOneTimePassword, makeOneTimePassword } from './sign-in/passwords.ts';
import { readAccount, type AccountDraft, type Administrator } from './read-account.ts';

type Created = { kind: 'CREATED'; account: Account; oneTimePassword: string };
export type CreateOutcome =
  Created | { kind: 'KNOWN'; account: Account } | { kind: 'INVALID'; problems: AccountProblem[] };

/** Creates each account that may be, with a password that works once; the same sent again finds it. As many statements for 500 as for one. */
export async function createAccounts(
  tx: Transaction,
  by: Administrator,
  inputs: readonly CreateAccountInput[],
): Promise<CreateOutcome[]> {
  const read = inputs.map((input) => readAccount(input, by));
  const drafts = read.flatMap((one) => ('draft' in one ? [one.draft] : []));
  const astray = await withCheckpointsElsewhere(tx, drafts, by);
  const created = await insertNew(
    tx,
    by,
    drafts.filter((draft) => !astray.has(draft)),
  );
  const known = await findKnown(
    tx,
    drafts.filter((draft) => !created.has(draft)),
  );
  await writeAudits(
    tx,
    [...created.keys()].map((draft) => entryOf(by, creation(draft))),
  );
  return read.map((one) => {
    if ('problems' in one) return { kind: 'INVALID', problems: one.problems };
    return created.get(one.draft) ?? whyNot(one.draft, known, astray);
  });
}

async function insertNew(
  tx: Transaction,
  by: Administrator,
  drafts: AccountDraft[],
): Promise<Map<AccountDraft, Created>> {
  // Of two with one id the first counts; the other is then known, or told apart from it.
  const first = new Map(drafts.toReversed().map((draft) => [draft.id, draft]));
  const wanted = [...first.values()].map((draft) => ({ draft, oneTimePassword: makeOneTimePassword() }));
  if (wanted.length === 0) return new Map();
  const rows = wanted.map(({ draft, oneTimePassword }) => ({
    draft,
    passwordHash: hashOneTimePassword(oneTimePassword),
  }));
  const { accountId } = by.viewer;
  const added = new Map((await insertAccounts(tx, rows, { accountId, at: by.at })).map((one) => [one.id, one]));
  const created = new Map<AccountDraft, Created>();
  for (const { draft, oneTimePassword } of wanted) {
    const account = added.get(draft.id);
    if (account) created.set(draft, { kind: 'CREATED', account, oneTimePassword });
  }
  return created;
}

interface Known {
  /** Those that the administrator may see, by id. */
  accounts: Map<string, { account: Account; checkpointIds: string[] }>;
  /** All others too, by id alone. */
  takenIds: Set<string>;
}

async function findKnown(tx: Transaction, drafts: AccountDraft[]): Promise<Known> {
  const known: Known = { accounts: new Map(), takenIds: new Set() };
  if (drafts.length === 0) return known;
  const ids = drafts.map(({ id }) => id);
  const accounts = await accountsByIds(tx, ids);
  const assigned = await assignedCheckpoints(tx, ids);
  for (const account of accounts)
    known.accounts.set(account.id, { account, checkpointIds: assigned.get(account.id) ?? [] });
  for (const { id } of await takenAccounts(tx, ids, [])) known.takenIds.add(id);
  return known;
}

function whyNot(draft: AccountDraft, { accounts, takenIds }: Known, astray: ReadonlySet<AccountDraft>): CreateOutcome {
  const found = accounts.get(draft.id);
  if (found && isSame(found, draft)) return { kind: 'KNOWN', account: found.account };
  if (takenIds.has(draft.id)) return invalid('id', 'ID_REUSED');
  return astray.has(draft) ? invalid('checkpointIds', 'UNKNOWN_CHECKPOINT') : invalid('username', 'TAKEN');
}

const invalid = (path: AccountProblem['path'], code: AccountProblem['code']): CreateOutcome => ({
  kind: 'INVALID',
  problems: [{ path, code }],
});

function isSame({ account, checkpointIds }: { account: Account; checkpointIds: string[] }, draft: AccountDraft) {
  const content = (
    one: { username: string; fullName: string; roles: string[] },
    unitId: string,
    checkpoints: string[],
  ) => JSON.stringify([one.username, one.fullName, one.roles.toSorted(), unitId, checkpoints.toSorted()]);
  return content(account, account.unitId, checkpointIds) === content(draft, draft.unit.id, draft.checkpointIds);
}

/** Those of which a checkpoint does not exist or lies outside the account's unit. */
export async function withCheckpointsElsewhere<Draft extends Pick<AccountDraft, 'unit' | 'checkpointIds'>>(
  tx: Transaction,
  drafts: Draft[],
  { territory }: Administrator,
): Promise<Set<Draft>> {
  const ids = [...new Set(drafts.flatMap(({ checkpointIds }) => checkpointIds))];
  const found = new Map((ids.length > 0 ? await checkpointsByIds(tx, ids) : []).map((one) => [one.id, one]));
  return new Set(
    drafts.filter(({ unit, checkpointIds }) => {
      const { provinces, unitIds } = jurisdictionOf(territory, unit.id);
      return !checkpointIds.every((id) => {
        const at = found.get(id);
        return at && (unitIds ? unitIds.has(at.unitId) : provinces.includes(at.provinceCode));
      });
    }),
  );
}

const creation = ({ id, roles, unit, checkpointIds }: AccountDraft): Change => ({
  action: 'account.create',
  id,
  provinceCode: unit.provinceCode,
  detail: { roles, unitId: unit.id, checkpointIds },
});
