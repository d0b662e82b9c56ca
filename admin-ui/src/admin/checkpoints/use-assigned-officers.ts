import { computed, ref, shallowRef, watch } from 'vue';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import {
  AssignedOfficerFragmentDoc,
  AssignedOfficersDocument,
  AssignOfficerDocument,
  OfficersToAssignDocument,
  type AssignedOfficerFragment,
  type AssignedOfficersQuery,
  type OfficersToAssignQuery,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../../session/ask.ts';
import { troubleOf } from '../request/trouble.ts';
import { useAnswer } from '../request/use-answer.ts';

const PAUSE_MS = 250;

/** Who is assigned to a checkpoint, who could be, and how that changes: each time by the account's version, so that two who change it see it. */
export function useAssignedOfficers(checkpointId: string) {
  const client = useGraphqlClient();
  const typed = ref('');
  const search = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (search.value = text.trim()), PAUSE_MS);
  });
  const assigned = useAnswer(AssignedOfficersDocument, () => ({ checkpointId }));
  const toAssign = useAnswer(OfficersToAssignDocument, () => (search.value ? { search: search.value } : null));
  const read = (data: AssignedOfficersQuery | OfficersToAssignQuery | null) =>
    getFragmentData(
      AssignedOfficerFragmentDoc,
      (data?.accounts.edges ?? []).map(({ node }) => node),
    );
  const officers = computed(() => read(assigned.data.value));
  const found = computed(() =>
    read(toAssign.data.value).filter(({ id }) => officers.value.every((each) => each.id !== id)),
  );

  const busy = ref<string | null>(null);
  const trouble = ref<string | null>(null);
  /** Whom one press takes off again, or puts back. */
  const last = shallowRef<{ officer: AssignedOfficerFragment; assigned: boolean } | null>(null);

  async function set(officer: AssignedOfficerFragment, isAssigned: boolean): Promise<void> {
    if (busy.value) return;
    busy.value = officer.id;
    const others = officer.checkpoints.map(({ id }) => id).filter((id) => id !== checkpointId);
    const checkpointIds = isAssigned ? [...others, checkpointId] : others;
    const { id, version } = officer;
    const { data, problem } = await ask(client, 'mutation', AssignOfficerDocument, { id, checkpointIds, version });
    busy.value = null;
    trouble.value = problem && troubleOf(problem);
    last.value = data && {
      officer: getFragmentData(AssignedOfficerFragmentDoc, data.updateAccount),
      assigned: isAssigned,
    };
    typed.value = search.value = '';
    await assigned.again();
  }
  return { typed, search, assigned, toAssign, officers, found, busy, trouble, last, set };
}
