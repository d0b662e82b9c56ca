import type { GraphqlClient } from '../../session/graphql-client.ts';
import { onScopeDispose, watch } from 'vue';
import { CheckpointBundleDocument } from '../../gql/officer/graphql.ts';
import { ask } from '../shell/request.ts';
import { keepStops } from './kept-stop-list.ts';

const EVERY_MS = 10 * 60_000;
const RETRY_MS = 60_000;

/** Fetches whom to stop when a checkpoint is chosen and every ten minutes; without a network the last list holds. */
export function keepStopList(client: GraphqlClient, checkpointId: () => string | null): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function next(): Promise<void> {
    clearTimeout(timer);
    const id = checkpointId();
    if (id === null) return;
    const { data } = await ask(client, 'query', CheckpointBundleDocument, { checkpointId: id });
    if (data) keepStops(data.checkpointBundle);
    clearTimeout(timer);
    timer = setTimeout(next, data ? EVERY_MS : RETRY_MS);
  }
  const now = () => void next();
  watch(checkpointId, now, { immediate: true });
  addEventListener('online', now);
  onScopeDispose(() => {
    clearTimeout(timer);
    removeEventListener('online', now);
  });
}
