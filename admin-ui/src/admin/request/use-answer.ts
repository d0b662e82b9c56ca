import type { AnyVariables, DocumentInput } from '@urql/core';
import { ref, shallowRef, watch } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { ask } from '../../session/ask.ts';

/**
 * The answer to a query whose variables may change; null variables ask nothing. What was shown for other variables goes
 * at once: one person's data never stands under another's name.
 */
export function useAnswer<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: () => Variables | null,
) {
  const client = useGraphqlClient();
  const data = shallowRef<Data | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  const busy = ref(false);
  let turn = 0;

  async function again(): Promise<void> {
    const wanted = variables();
    const own = ++turn;
    if (!wanted) return;
    busy.value = true;
    const answer = await ask(client, 'query', document, wanted);
    if (own !== turn) return;
    busy.value = false;
    problem.value = answer.problem;
    if (answer.data) data.value = answer.data;
  }
  watch(
    () => JSON.stringify(variables()),
    () => {
      data.value = null;
      problem.value = null;
      void again();
    },
    { immediate: true },
  );
  return { data, problem, busy, again };
}
