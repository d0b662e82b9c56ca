import type { GraphqlClient } from '../../session/graphql-client.ts';
import { onScopeDispose, ref, watch } from 'vue';
import { PingDocument } from '../../gql/officer/graphql.ts';

const PING_EVERY_MS = 5_000;

/** Whether the server answers, by the last request and by what the device says of its network. */
export const online = ref(navigator.onLine);

export function heardFromServer(answered: boolean): void {
  online.value = answered;
}

/** While the server is away it is asked now and then, so that the page says by itself when it is back. */
export function watchNetwork(client: GraphqlClient): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function ping(): Promise<void> {
    const { error } = await client.query(PingDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    if (error?.networkError) timer = setTimeout(ping, PING_EVERY_MS);
    else online.value = true;
  }
  const lost = () => (online.value = false);
  const back = () => void ping();
  addEventListener('offline', lost);
  addEventListener('online', back);
  watch(
    online,
    (reached) => {
      clearTimeout(timer);
      if (!reached) timer = setTimeout(ping, PING_EVERY_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    removeEventListener('offline', lost);
    removeEventListener('online', back);
  });
}
