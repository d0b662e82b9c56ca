import { computed, ref, shallowRef, watch } from 'vue';
import { useGraphqlClient } from '../session/graphql-client.ts';
import { endOne, endOthers, ownSessions, type OwnSession } from '../session/own-sessions.ts';
import { viewer } from '../session/viewer.ts';
import { sessionText } from './session-texts.ts';

/** The own sign-ins as a list that can be shortened; `said` tells what was done. */
export function useOwnSessions() {
  const client = useGraphqlClient();
  const sessions = shallowRef<readonly OwnSession[] | null>(null);
  const state = ref<'LOADING' | 'READY' | 'OFFLINE'>('LOADING');
  const said = ref('');
  const busy = ref(false);
  const others = computed(() => sessions.value?.filter(({ current }) => !current) ?? []);

  async function load(): Promise<void> {
    const found = await ownSessions(client);
    sessions.value = found ?? sessions.value;
    state.value = found ? 'READY' : 'OFFLINE';
  }

  /** True when it was done; what stands is asked anew either way. */
  async function change(request: () => Promise<unknown>, done: (answer: unknown) => string): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    const answer = await request();
    said.value = answer === null ? '' : done(answer);
    await load();
    busy.value = false;
    return answer !== null;
  }
  const end = (session: OwnSession) =>
    change(
      () => endOne(client, session.id),
      () => sessionText('ended', { device: deviceName(session) }),
    );
  const endAllOthers = () =>
    change(
      () => endOthers(client),
      (count) => sessionText('endedOthers', { count: Number(count) }),
    );

  // A change of how one signs in ends the others.
  watch(viewer, (found) => found && void load(), { immediate: true });
  return { sessions, others, state, said, busy, load, end, endAllOthers };
}

export const deviceName = ({ device }: OwnSession): string => device ?? sessionText('unknownDevice');
