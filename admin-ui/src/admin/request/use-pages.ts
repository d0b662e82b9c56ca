import type { AnyVariables, DocumentInput } from '@urql/core';
import { ref, shallowRef, watch } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { ask } from './request.ts';

export interface Connection<Node> {
  edges: readonly { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: number | null;
}

export const PAGE_SIZE = 50;
export const MOST_PAGES = 20;

interface Options<Data, Variables, Node> {
  document: DocumentInput<Data, Variables>;
  variables: (after: string | null) => Variables;
  connection: (data: Data) => Connection<Node>;
  /** How many pages stand on the screen, one below the other. */
  pages: () => number;
}

/** A list as far down as the person went: page by page after the last row's cursor, from the top when the filters change. */
export function usePages<Data, Variables extends AnyVariables, Node>(options: Options<Data, Variables, Node>) {
  const client = useGraphqlClient();
  const rows = shallowRef<readonly Node[]>([]);
  /** Null where the API does not count that many and the end was not reached. */
  const total = ref<number | null>(null);
  const state = ref<'LOADING' | 'READY' | 'FAILED'>('LOADING');
  const problem = shallowRef<RequestProblem | null>(null);
  const hasMore = ref(false);
  let loaded = 0;
  let cursor: string | null = null;
  let counted: number | null = null;
  let turn = 0;

  async function loadUpTo(pages: number): Promise<void> {
    const own = ++turn;
    state.value = 'LOADING';
    while (loaded < pages && (loaded === 0 || hasMore.value)) {
      const answer = await ask(client, 'query', options.document, options.variables(cursor));
      if (own !== turn) return;
      problem.value = answer.problem;
      if (!answer.data) return void (state.value = 'FAILED');
      take(options.connection(answer.data));
    }
    state.value = 'READY';
  }

  function take({ edges, pageInfo, totalCount }: Connection<Node>): void {
    const found = edges.map((edge) => edge.node);
    rows.value = loaded === 0 ? found : [...rows.value, ...found];
    hasMore.value = pageInfo.hasNextPage;
    if (loaded === 0) counted = totalCount ?? null;
    total.value = counted ?? (hasMore.value ? null : rows.value.length);
    cursor = pageInfo.endCursor ?? null;
    loaded++;
  }

  function reload(): void {
    loaded = 0;
    cursor = null;
    void loadUpTo(options.pages());
  }
  watch(() => JSON.stringify(options.variables(null)), restart, { immediate: true });
  watch(options.pages, (pages) => pages > loaded && void loadUpTo(pages));

  /** Other filters: nothing of the old list may stand under them. */
  function restart(): void {
    rows.value = [];
    total.value = null;
    reload();
  }
  const retry = () => void loadUpTo(options.pages());
  return { rows, total, state, problem, hasMore, reload, retry };
}
