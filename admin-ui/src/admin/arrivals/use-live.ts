import { onScopeDispose, ref, watch } from 'vue';
import { NewestArrivalsDocument, type NewestArrivalsQueryVariables } from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../../session/ask.ts';
import { countFresh, type Shown } from './fresh.ts';

const EVERY_MS = 15_000;
const TICK_MS = 1_000;

/**
 * Looks every 15 seconds while the page is seen whether others have come. They are counted, and stand in the list once the reader
 * asks for it: no row moves under a hand.
 */
export function useLive(variables: () => NewestArrivalsQueryVariables, shown: () => Shown, looked: () => void) {
  const client = useGraphqlClient();
  const fresh = ref(0);
  const seconds = ref(0);
  const stale = ref(false);
  let at = Date.now();

  function begin(): void {
    at = Date.now();
    seconds.value = fresh.value = 0;
    stale.value = false;
  }
  async function look(): Promise<void> {
    const asked = JSON.stringify(variables());
    const { data } = await ask(client, 'query', NewestArrivalsDocument, variables());
    if (asked !== JSON.stringify(variables())) return;
    stale.value = data === null;
    if (!data) return;
    at = Date.now();
    looked();
    const newest = data.arrivals.edges.map(({ node }) => node.id);
    fresh.value = countFresh(newest, shown());
  }
  watch(() => JSON.stringify(variables()), begin);
  watch(() => shown().ids, begin);
  let next = Date.now() + EVERY_MS;
  const timer = setInterval(() => {
    seconds.value = Math.floor((Date.now() - at) / 1000);
    if (document.hidden || Date.now() < next) return;
    next = Date.now() + EVERY_MS;
    void look();
  }, TICK_MS);
  onScopeDispose(() => clearInterval(timer));
  return { fresh, seconds, stale };
}
