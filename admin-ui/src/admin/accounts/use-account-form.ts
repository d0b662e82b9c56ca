import { reactive, ref, watch } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import { AccountRowFragmentDoc, CreateAccountDocument, type AccountRowFragment } from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { serverNow } from '../../session/server-clock.ts';
import { viewer } from '../../session/viewer.ts';
import type { PickedUnit } from '../../ui/unit-search.ts';
import { byField } from '../request/field-problems.ts';
import { ask } from '../request/request.ts';
import { t } from '../texts.ts';
import { isInput, toAccountInput, type AccountDraft } from './account-draft.ts';

/** Shown once: the server keeps only the password's hash. Null where an earlier answer, now lost, had it. */
export interface Credentials {
  account: AccountRowFragment;
  oneTimePassword: string | null;
}
const fields = ['fullName', 'username', 'roles', 'unitCode', 'checkpointIds'] as const;
type Problems = Partial<Record<(typeof fields)[number], string>>;

/** A new account, an officer's at first. Its id is made here once, so that a request sent twice makes one. */
export function useAccountForm() {
  const client = useGraphqlClient();
  const id = newUuid7(serverNow());
  const draft = reactive<AccountDraft>({
    fullName: '',
    username: '',
    role: 'OFFICER',
    unit: ownUnit(),
    checkpointIds: [],
  });
  const problems = ref<Problems>({});
  const trouble = ref<string | null>(null);
  const saving = ref(false);
  // Those of one unit are none of another's.
  watch(
    () => draft.unit?.code,
    () => (draft.checkpointIds = []),
  );

  async function create(): Promise<Credentials | null> {
    const input = toAccountInput(id, draft);
    problems.value = isInput(input) ? {} : translate(input);
    trouble.value = null;
    if (!isInput(input)) return null;
    saving.value = true;
    const { data, problem } = await ask(client, 'mutation', CreateAccountDocument, { input });
    saving.value = false;
    const result = data?.createAccount;
    if (result?.__typename === 'IssuedCredentials')
      return {
        account: getFragmentData(AccountRowFragmentDoc, result.account),
        oneTimePassword: result.oneTimePassword ?? null,
      };
    const texts = result
      ? Object.fromEntries(result.fields.map(({ path, message }) => [path, message]))
      : (problem?.fields ?? {});
    tell(texts, result?.message ?? problem?.message ?? '');
    return null;
  }

  function tell(texts: Record<string, string>, message: string): void {
    const told = byField(texts, fields);
    problems.value = told.fields;
    if (told.other.length > 0 || Object.keys(told.fields).length === 0)
      trouble.value = told.other.join(' ') || message || t('problem.offline');
  }
  return { draft, problems, trouble, saving, create };
}

const translate = (keys: Record<string, string>): Problems =>
  Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, t(key)]));

function ownUnit(): PickedUnit | null {
  const unit = viewer.value?.account.unit;
  if (!unit || unit.level === 'NATION') return null;
  const above = [unit.parent, unit.parent?.parent].flatMap((step) => (step && step.level !== 'NATION' ? [step] : []));
  const path = [unit.fullName, ...above.map(({ name }) => name)].join(', ');
  return { id: unit.id, code: unit.code, level: unit.level, path, above: above.map(({ code }) => code) };
}
