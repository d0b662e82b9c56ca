import { ref, shallowRef } from 'vue';
import { TryRulesDocument, type TryRulesMutation, type ZoneInput } from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import type { RequestProblem } from '../../../session/problem.ts';
import { ask } from '../../../session/ask.ts';

export type Trial = TryRulesMutation['tryRules'];

/** What rules would have done with the declarations of last week. */
export function useTrial() {
  const client = useGraphqlClient();
  const trial = shallowRef<Trial | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  const busy = ref(false);
  /** What was tried: numbers of other rules stand under none. */
  const tried = ref<string | null>(null);

  async function run(input: ZoneInput): Promise<void> {
    busy.value = true;
    trial.value = null;
    const answer = await ask(client, 'mutation', TryRulesDocument, { input });
    busy.value = false;
    problem.value = answer.problem;
    trial.value = answer.data?.tryRules ?? null;
    tried.value = JSON.stringify(input);
  }
  return { trial, problem, busy, tried, run };
}
