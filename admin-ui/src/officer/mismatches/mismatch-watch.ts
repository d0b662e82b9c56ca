import type { GraphqlClient } from '../../session/graphql-client.ts';
import { inject, onScopeDispose, ref, watch, type InjectionKey } from 'vue';
import { MismatchCountDocument } from '../../gql/officer/graphql.ts';
import { session } from '../../session/viewer.ts';
import { checkpointId } from '../settings.ts';
import { online } from '../shell/network.ts';
import { ask } from '../shell/request.ts';

const EVERY_MS = 60_000;

/** How many wait at this checkpoint, asked again gently: while there is a network and somebody looks at the page. */
export function createMismatchWatch(client: GraphqlClient) {
  const count = ref(0);
  const opened = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    clearTimeout(timer);
    const wanted = checkpointId.value;
    if (wanted && session.value === 'SIGNED_IN' && online.value && !document.hidden) {
      const { data } = await ask(client, 'query', MismatchCountDocument, { checkpointId: wanted });
      // Null: more than are counted.
      if (data && wanted === checkpointId.value) count.value = data.mismatchCount ?? 10_000;
    }
    clearTimeout(timer);
    timer = setTimeout(look, EVERY_MS);
  }
  const again = () => void look();
  const start = () => {
    document.addEventListener('visibilitychange', again);
    watch([checkpointId, session], () => {
      count.value = 0;
      opened.value = false;
      again();
    });
    watch(online, (reached) => reached && again());
    again();
    onScopeDispose(() => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', again);
    });
  };
  return { count, opened, look, start };
}

export type MismatchWatch = ReturnType<typeof createMismatchWatch>;
export const mismatchWatchKey: InjectionKey<MismatchWatch> = Symbol('mismatches');

export function useMismatchWatch(): MismatchWatch {
  const found = inject(mismatchWatchKey);
  if (!found) throw new Error('The app provides no watch on mismatches.');
  return found;
}
