import { ref } from 'vue';
import { RetryChecksDocument } from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../../session/ask.ts';
import { troubleOf } from '../request/trouble.ts';
import { useBriefly } from '../undo.ts';

// The API enqueues so many of all at a time, and takes so many by name.
const MOST_AT_ONCE = 1_000;
const MOST_NAMED = 200;

/** Asking again about those who were given up, some or all, in as many steps as it takes; can be stopped between two. */
export function useRetrying(changed: () => void) {
  const client = useGraphqlClient();
  /** How many are enqueued so far; null while nobody retries. */
  const progress = ref<number | null>(null);
  const trouble = ref<string | null>(null);
  const { shown: done, show } = useBriefly<number>();
  let stopped = false;

  async function step(ids: readonly string[] | null, reason: string): Promise<number | null> {
    const { data, problem } = await ask(client, 'mutation', RetryChecksDocument, {
      ids: ids ? [...ids] : null,
      reason,
    });
    trouble.value = problem && troubleOf(problem);
    return data?.retryRegistryChecks ?? null;
  }

  /** Answers whether nothing failed. */
  async function retry(ids: readonly string[] | null, reason: string): Promise<boolean> {
    if (progress.value !== null) return false;
    progress.value = 0;
    stopped = false;
    let rest = ids;
    for (let goesOn = true; goesOn && !stopped;) {
      const retried = await step(rest && rest.slice(0, MOST_NAMED), reason);
      if (retried === null) break;
      progress.value += retried;
      rest = rest && rest.slice(MOST_NAMED);
      goesOn = rest ? rest.length > 0 : retried === MOST_AT_ONCE;
    }
    show(progress.value);
    progress.value = null;
    changed();
    return trouble.value === null;
  }
  /** What an earlier try told stands by no later one. */
  const forget = () => (trouble.value = null);
  return { progress, trouble, done, retry, forget, stop: () => (stopped = true) };
}
export type Retrying = ReturnType<typeof useRetrying>;
