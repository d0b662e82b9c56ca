import { ref, shallowRef } from 'vue';
import { SettlePostsDocument, type UnsettledRowFragment } from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { ask } from '../../../session/ask.ts';
import { troubleOf } from '../../request/trouble.ts';
import { unitCodeOf, type Decision } from './decision.ts';

export interface Settled {
  done: UnsettledRowFragment[];
  /** With the server's words on why it stays. */
  kept: { post: UnsettledRowFragment; why: string }[];
}

/** Decides one or many at once; each may be refused by itself. */
export function useSettling(changed: () => void) {
  const client = useGraphqlClient();
  const busy = ref(false);
  const trouble = ref<string | null>(null);
  const last = shallowRef<Settled | null>(null);

  /** Whether the server took the decision up, for whatever it let through. */
  async function settle(posts: readonly UnsettledRowFragment[], decision: Decision): Promise<boolean> {
    const unitCode = unitCodeOf(decision);
    if (busy.value || !unitCode) return false;
    busy.value = true;
    const input = posts.map(({ id }) => ({ id, unitCode }));
    const { data, problem } = await ask(client, 'mutation', SettlePostsDocument, {
      input,
      reason: decision.reason.trim(),
    });
    busy.value = false;
    trouble.value = problem && troubleOf(problem);
    if (!data) return false;
    const refused = new Map(
      data.settlePosts.flatMap((one) => (one.__typename === 'PostNotSettled' ? [[one.id, one.message] as const] : [])),
    );
    last.value = {
      done: posts.filter(({ id }) => !refused.has(id)),
      kept: posts.flatMap((post) => (refused.has(post.id) ? [{ post, why: refused.get(post.id) ?? '' }] : [])),
    };
    changed();
    return true;
  }
  const forget = () => (trouble.value = null);
  return { busy, trouble, last, settle, forget };
}
export type Settling = ReturnType<typeof useSettling>;
