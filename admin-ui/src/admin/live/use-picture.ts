import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { MINUTE_MS } from '#api/platform/shared/instant.ts';
import {
  LiveFlowDocument,
  LivePictureDocument,
  LiveTrafficDocument,
  type LiveFlowQuery,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { follow, type Link } from '../../session/live-client.ts';
import { locale } from '../../session/locale.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { refreshViewer, session } from '../../session/viewer.ts';
import { ask } from '../../session/ask.ts';
import { takeTick, type Picture } from './picture.ts';

const WITHOUT_SOCKET_MS = 15_000;

/**
 * The flow as it happens. Ticks come over a socket; once a minute, and as long as there is no socket every 15 seconds, the whole is
 * asked for: the last hour of a quiet checkpoint falls without a tick, and where a proxy lets no socket through the wall still moves.
 */
export function usePicture() {
  const client = useGraphqlClient();
  const picture = shallowRef<Picture | null>(null);
  const flow = shallowRef<LiveFlowQuery | null>(null);
  /** As it stood when the flow was asked for: yesterday's numbers are those until then. */
  const compared = shallowRef<Picture | null>(null);
  const link = ref<Link>('CONNECTING');
  const problem = shallowRef<RequestProblem | null>(null);
  let ended = false;
  let askedFlowAt = 0;
  let next: ReturnType<typeof setTimeout> | undefined;

  async function askAll(): Promise<void> {
    clearTimeout(next);
    const withFlow = Date.now() - askedFlowAt >= MINUTE_MS - 5_000;
    if (withFlow) askedFlowAt = Date.now();
    const [whole, minutes] = await Promise.all([
      ask(client, 'query', LivePictureDocument, {}),
      withFlow ? ask(client, 'query', LiveFlowDocument, {}) : null,
    ]);
    if (ended) return;
    problem.value = whole.problem ?? minutes?.problem ?? null;
    if (whole.data) picture.value = takeTick(picture.value, whole.data.traffic);
    if (minutes?.data) {
      flow.value = minutes.data;
      compared.value = picture.value;
    } else if (withFlow) askedFlowAt = 0;
    plan();
  }
  function plan(): void {
    clearTimeout(next);
    const pause = link.value === 'CONNECTED' && !problem.value ? MINUTE_MS : WITHOUT_SOCKET_MS;
    next = setTimeout(() => void askAll(), pause * (0.9 + Math.random() * 0.2));
  }
  const start = () =>
    follow(
      LiveTrafficDocument,
      {},
      {
        next: ({ checkpointTraffic }) => (picture.value = takeTick(picture.value, checkpointTraffic)),
        link: (state) => (link.value = state),
        signedOut: () => void comeBack(),
      },
    );
  /** A session that was kept on a wall, here or in another tab, goes on under another cookie. */
  async function comeBack(): Promise<void> {
    await refreshViewer(client);
    if (!ended && session.value === 'SIGNED_IN') stop = start();
  }
  let stop = start();
  // What alerts say comes in the language in which the socket was opened.
  watch(locale, () => {
    stop();
    stop = start();
  });
  // Subscribed first, then asked: nothing lies between. Where the session ended, the asking says so.
  watch(link, (state) => state !== 'CONNECTING' && void askAll());
  void askAll();
  onScopeDispose(() => {
    ended = true;
    stop();
    clearTimeout(next);
  });
  const state = computed(() => (link.value === 'CONNECTED' && picture.value?.degraded ? 'DEGRADED' : link.value));
  return { picture, flow, compared, state, problem, again: askAll };
}
