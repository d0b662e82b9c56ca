import { onScopeDispose, ref, shallowRef } from 'vue';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import {
  AccountRowFragmentDoc,
  ResetCredentialsDocument,
  UpdateAccountDocument,
  type AccountRowFragment,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../../session/ask.ts';
import { t } from '../texts.ts';
import { UNDO_MS } from '../undo.ts';
import type { Credentials } from './use-account-form.ts';

export interface Deed {
  kind: 'SUSPEND' | 'REACTIVATE' | 'RESET';
  /** As they stand after it. */
  done: AccountRowFragment[];
  failed: { account: AccountRowFragment; why: string }[];
}

/** Suspending, reactivating and resetting one account or many, one after the other; each may fail by itself. */
export function useAccountDeeds(changed: () => void) {
  const client = useGraphqlClient();
  const progress = ref<{ done: number; of: number } | null>(null);
  const last = shallowRef<Deed | null>(null);
  const issued = shallowRef<Credentials[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));

  async function each<Result>(
    accounts: readonly AccountRowFragment[],
    act: (account: AccountRowFragment) => Promise<Result | { why: string }>,
  ): Promise<{ results: Result[]; failed: Deed['failed'] }> {
    const results: Result[] = [];
    const failed: Deed['failed'] = [];
    for (const [at, account] of accounts.entries()) {
      progress.value = { done: at, of: accounts.length };
      const result = await act(account);
      if (isFailure(result)) failed.push({ account, why: result.why });
      else results.push(result);
    }
    progress.value = null;
    changed();
    return { results, failed };
  }

  /** Those who already are as wanted stay as they are. */
  async function setActive(accounts: readonly AccountRowFragment[], active: boolean): Promise<void> {
    if (progress.value) return;
    const wanted = accounts.filter((account) => account.active !== active);
    const { results, failed } = await each(wanted, async ({ id, version }) => {
      const { data, problem } = await ask(client, 'mutation', UpdateAccountDocument, {
        id,
        input: { active, version },
      });
      return problem ? { why: whyOf(problem) } : getFragmentData(AccountRowFragmentDoc, data.updateAccount);
    });
    tell({ kind: active ? 'REACTIVATE' : 'SUSPEND', done: results, failed });
  }

  async function reset(accounts: readonly AccountRowFragment[]): Promise<void> {
    if (progress.value) return;
    const { results, failed } = await each(
      accounts,
      async ({ id, version }): Promise<Credentials | { why: string }> => {
        const { data, problem } = await ask(client, 'mutation', ResetCredentialsDocument, { id, version });
        if (problem) return { why: whyOf(problem) };
        const { account, oneTimePassword } = data.resetCredentials;
        return { account: getFragmentData(AccountRowFragmentDoc, account), oneTimePassword: oneTimePassword ?? null };
      },
    );
    issued.value = results;
    if (failed.length > 0) tell({ kind: 'RESET', done: results.map(({ account }) => account), failed });
  }

  function tell(deed: Deed): void {
    last.value = deed;
    clearTimeout(timer);
    // What failed stays until it was read.
    if (deed.failed.length === 0) timer = setTimeout(forget, UNDO_MS);
  }
  const forget = () => void (last.value = null);

  async function undo(): Promise<void> {
    const deed = last.value;
    if (!deed || deed.kind === 'RESET') return;
    forget();
    await setActive(deed.done, deed.kind === 'SUSPEND');
  }
  return { progress, last, issued, setActive, reset, undo, forget };
}
export type AccountDeeds = ReturnType<typeof useAccountDeeds>;

const isFailure = (result: unknown): result is { why: string } =>
  typeof result === 'object' && result !== null && 'why' in result;
const whyOf = ({ fields, message }: { fields: Record<string, string>; message: string }) =>
  Object.values(fields).join(' ') || message || t('problem.offline');
