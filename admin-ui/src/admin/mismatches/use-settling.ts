import { ref, shallowRef } from 'vue';
import {
  SettleMismatchDocument,
  type MismatchResolutionKind,
  type MismatchRowFragment,
  type PersonInput,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../request/request.ts';
import { troubleOf } from '../request/trouble.ts';
import { t } from '../texts.ts';

/** Settling one verdict: of the answer that was seen, once, with a reason. */
export function useSettling(row: () => MismatchRowFragment, settled: (words: string) => void) {
  const client = useGraphqlClient();
  const asking = ref<Exclude<MismatchResolutionKind, 'CORRECTED'> | null>(null);
  const busy = ref(false);
  const trouble = ref<string | null>(null);
  /** What of a correction is not right, by its field: dateOfBirth. */
  const wrong = shallowRef<Readonly<Record<string, string>>>({});

  async function settle(kind: MismatchResolutionKind, reason: string, corrected: PersonInput | null): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const { id: citizenId, fullName, verification } = row();
    const { checkedAt = null } = verification;
    const wanted = { citizenId, kind, reason, corrected, checkedAt };
    const { data, problem } = await ask(client, 'mutation', SettleMismatchDocument, wanted);
    busy.value = false;
    wrong.value = {};
    trouble.value = problem && troubleOf(problem);
    const answer = data?.resolveMismatch;
    if (answer?.__typename === 'MismatchResolved') {
      asking.value = null;
      return settled(t(`mismatches.done.${kind}`, { name: fullName }));
    }
    if (!answer) return;
    trouble.value = answer.message;
    if (answer.__typename === 'InvalidCorrection') wrong.value = byField(answer.fields);
    else asking.value = null;
  }
  return { asking, busy, trouble, wrong, settle };
}
const byField = (fields: readonly { path: string; message: string }[]): Record<string, string> =>
  Object.fromEntries(fields.map(({ path, message }) => [path.split('.')[0] ?? path, message]));

export type Settling = ReturnType<typeof useSettling>;
