import { ref, shallowRef } from 'vue';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import { WholePersonDocument, WholePersonFragmentDoc, type WholePersonFragment } from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { ask } from '../../session/ask.ts';
import { lookReason } from './look-reason.ts';

/** People shown whole after a press: each is a look of its own, entered with the reason. */
export function useWhole(ids: () => readonly string[]) {
  const client = useGraphqlClient();
  const people = shallowRef<readonly WholePersonFragment[]>([]);
  const busy = ref(false);
  const problem = shallowRef<RequestProblem | null>(null);

  async function show(): Promise<readonly WholePersonFragment[]> {
    busy.value = true;
    problem.value = null;
    const found: WholePersonFragment[] = [];
    for (const id of ids()) {
      const answer = await ask(client, 'query', WholePersonDocument, { id, reason: lookReason.value });
      problem.value ??= answer.problem;
      const person = getFragmentData(WholePersonFragmentDoc, answer.data?.citizen);
      if (person) found.push(person);
    }
    busy.value = false;
    return (people.value = found);
  }
  return { people, busy, problem, show };
}
