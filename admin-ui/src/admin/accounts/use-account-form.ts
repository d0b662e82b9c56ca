import { reactive, ref, watch } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import {
  AccountRowFragmentDoc,
  CreateAccountDocument,
  UnitPlaceFragmentDoc,
  UpdateAccountDocument,
  type AccountRowFragment,
  type CreateAccountInput,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { unanswered } from '../../session/problem.ts';
import { serverNow } from '../../session/server-clock.ts';
import { ask } from '../../session/ask.ts';
import { toldOf } from '../request/told.ts';
import type { Failure } from '../request/trouble.ts';
import { t } from '../texts.ts';
import { wholePlace } from '../unit-place.ts';
import { isInput, toAccountInput, toChange, type AccountDraft } from './account-draft.ts';
import { ownUnit } from './own-unit.ts';

/** Shown once: the server keeps only the password's hash. Null where an earlier answer, now lost, had it. */
export interface Credentials {
  account: AccountRowFragment;
  oneTimePassword: string | null;
}
/** An account that stands as the form has it; with a password where it was created. */
export type Saved = { kind: 'CREATED'; credentials: Credentials } | { kind: 'CHANGED'; account: AccountRowFragment };

const fields = ['fullName', 'username', 'roles', 'unitCode', 'checkpointIds'] as const;
type Problems = Partial<Record<(typeof fields)[number], string>>;

/** A new account, an officer's at first, or one to change. A new one's id is made here once, so that a request sent twice makes one. */
export function useAccountForm(known: AccountRowFragment | null) {
  const client = useGraphqlClient();
  const id = known?.id ?? newUuid7(serverNow());
  const draft = reactive<AccountDraft>(known ? draftOf(known) : emptyDraft());
  const problems = ref<Problems>({});
  const trouble = ref<string | null>(null);
  const saving = ref(false);
  // Those of one unit are none of another's.
  watch(
    () => draft.unit?.code,
    () => (draft.checkpointIds = []),
  );

  async function save(): Promise<Saved | null> {
    const input = toAccountInput(id, draft);
    problems.value = isInput(input) ? {} : translate(input);
    trouble.value = null;
    if (!isInput(input)) return null;
    saving.value = true;
    const saved = await (known ? change(known, input) : create(input));
    saving.value = false;
    return saved;
  }

  async function create(input: CreateAccountInput): Promise<Saved | null> {
    const { data, problem } = await ask(client, 'mutation', CreateAccountDocument, { input });
    const result = data?.createAccount;
    if (result?.__typename === 'IssuedCredentials') {
      const account = getFragmentData(AccountRowFragmentDoc, result.account);
      return { kind: 'CREATED', credentials: { account, oneTimePassword: result.oneTimePassword ?? null } };
    }
    if (!result) return tell(problem ?? unanswered);
    const { message } = result;
    return tell({ message, fields: Object.fromEntries(result.fields.map((each) => [each.path, each.message])) });
  }

  async function change(account: AccountRowFragment, input: CreateAccountInput): Promise<Saved | null> {
    const { data, problem } = await ask(client, 'mutation', UpdateAccountDocument, {
      id,
      input: toChange(input, account),
    });
    if (problem) return tell(problem);
    return { kind: 'CHANGED', account: getFragmentData(AccountRowFragmentDoc, data.updateAccount) };
  }

  function tell(problem: Failure): null {
    const told = toldOf(problem, fields);
    problems.value = told.problems;
    trouble.value = told.trouble;
    return null;
  }
  return { draft, problems, trouble, saving, save };
}

const translate = (keys: Record<string, string>): Problems =>
  Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, t(key)]));

const emptyDraft = (): AccountDraft => ({
  fullName: '',
  username: '',
  roles: ['OFFICER'],
  unit: ownUnit(),
  checkpointIds: [],
});

function draftOf({ fullName, username, roles, unit, checkpoints }: AccountRowFragment): AccountDraft {
  const { id, level } = getFragmentData(UnitPlaceFragmentDoc, unit);
  return {
    fullName,
    username,
    roles: [...roles],
    unit: { id, code: unit.code, level, path: wholePlace(unit), above: [] },
    checkpointIds: checkpoints.map((checkpoint) => checkpoint.id),
  };
}
