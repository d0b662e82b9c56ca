import { computed, ref, shallowRef, watch } from 'vue';
import type { RequestProblem } from '../../session/problem.ts';
import type { Page } from './page.ts';
import type { Answer } from '../../session/ask.ts';

export const PAGE_SIZE = 50;
export const MOST_PAGES = 20;

interface Options<Row> {
  fetch: (after: string | null) => Promise<Answer<Page<Row>>>;
  /** What is asked for: the list begins anew when it changes. */
  asked: () => string;
  /** How many pages stand on the screen, one below the other. */
  pages: () => number;
}

/** A list as far down as the person went: page by page after the last row's cursor, from the top when the filters change. */
export function usePages<Row>({ fetch, asked, pages }: Options<Row>) {
  const rows = shallowRef<readonly Row[]>([]);
  const counted = ref<number | null>(null);
  const state = ref<'LOADING' | 'READY' | 'FAILED'>('LOADING');
  const problem = shallowRef<RequestProblem | null>(null);
  const next = ref<string | null>(null);
  const hasMore = computed(() => next.value !== null);
  /** Null where the API does not count that many and the end was not reached. */
  const total = computed(() => counted.value ?? (hasMore.value ? null : rows.value.length));
  let loaded = 0;
  let turn = 0;

  async function loadUpTo(wanted: number): Promise<void> {
    const own = ++turn;
    state.value = 'LOADING';
    while (loaded < wanted && (loaded === 0 || hasMore.value)) {
      const answer = await fetch(loaded === 0 ? null : next.value);
      if (own !== turn) return;
      problem.value = answer.problem;
      if (!answer.data) return void (state.value = 'FAILED');
      take(answer.data);
    }
    state.value = 'READY';
  }

  function take(page: Page<Row>): void {
    rows.value = loaded === 0 ? page.rows : [...rows.value, ...page.rows];
    if (loaded === 0) counted.value = page.total;
    next.value = page.next;
    loaded++;
  }

  function reload(): void {
    loaded = 0;
    void loadUpTo(pages());
  }
  watch(asked, restart, { immediate: true });
  watch(pages, (wanted) => wanted > loaded && void loadUpTo(wanted));

  /** Other filters: nothing of the old list may stand under them. */
  function restart(): void {
    rows.value = [];
    counted.value = null;
    reload();
  }
  const retry = () => void loadUpTo(pages());
  return { rows, total, state, problem, hasMore, reload, retry };
}
