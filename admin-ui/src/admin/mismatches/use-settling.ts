import { ref, shallowRef } from 'vue';
import {
  SettleMismatchDocument,
  type MismatchResolutionKind,
  type MismatchRowFragment,
  type PersonInput,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../../session/ask.ts';
import { byField } from '../request/field-problems.ts';
import { troubleOf } from '../request/trouble.ts';
import { t } from '../texts.ts';
import { correctionFields, type CorrectionField } from './correction.ts';

/** Settling one verdict: of the answer that was seen, once, with a reason. */
export function useSettling(row: () => MismatchRowFragment, settled: (words: string) => void) {
  const client = useGraphqlClient();
  const asking = ref<Exclude<MismatchResolutionKind, 'CORRECTED'> | null>(null);
  const busy = ref(false);
  const trouble = ref<string | null>(null);
  /** What of a correction is not right, by its field: dateOfBirth. */
  const wrong = shallowRef<Readonly<Partial<Record<CorrectionField, string>>>>({});

  /** Beside its field; what has none on the form, such as the temporary address, below with the rest. */
  function tell({ message, fields }: { message: string; fields: readonly { path: string; message: string }[] }): void {
    const told = byField(Object.fromEntries(fields.map((each) => [each.path, each.message])), correctionFields);
    wrong.value = told.fields;
    trouble.value = [message, ...told.other].join(' ');
  }

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
    if (answer.__typename === 'InvalidCorrection') tell(answer);
    else asking.value = null;
  }
  /** What an earlier try told stands by no later one. */
  function forget(): void {
    [trouble.value, wrong.value] = [null, {}];
  }
  return { asking, busy, trouble, wrong, settle, forget };
}

export type Settling = ReturnType<typeof useSettling>;
