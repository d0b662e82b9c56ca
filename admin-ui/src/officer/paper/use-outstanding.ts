import { computed, ref, shallowRef } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { PaperOutstandingDocument, type PaperOutstandingQuery } from '../../gql/officer/graphql.ts';
import { checkpointId } from '../settings.ts';
import { ask } from '../shell/request.ts';

export type Waiting = PaperOutstandingQuery['paperOutstanding']['edges'][number]['node'];
const PAGE = 50;

/** The passages of this checkpoint whose form is still to be keyed in. */
export function useOutstanding() {
  const client = useGraphqlClient();
  const waiting = shallowRef<readonly Waiting[]>([]);
  const total = ref<number | null>(null);
  const more = ref<string | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  let turn = 0;

  async function load(after: string | null = null): Promise<void> {
    const own = ++turn;
    const variables = { checkpointId: checkpointId.value, first: PAGE, after };
    const answer = await ask(client, 'query', PaperOutstandingDocument, variables);
    if (own !== turn) return;
    problem.value = answer.problem;
    if (!answer.data) return;
    const { edges, pageInfo, totalCount } = answer.data.paperOutstanding;
    waiting.value = [...(after ? waiting.value : []), ...edges.map(({ node }) => node)];
    total.value = totalCount ?? null;
    more.value = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  }

  /** Every page of it, for the paper that is handed over. */
  async function loadAll(): Promise<void> {
    await load();
    while (more.value && !problem.value) await load(more.value);
  }

  const count = computed(() => total.value ?? waiting.value.length);
  return { waiting, count, more, problem, load, loadAll };
}

export type Outstanding = ReturnType<typeof useOutstanding>;
