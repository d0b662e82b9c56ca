import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { unanswered, type RequestProblem } from '../../session/problem.ts';
import { openPage } from '../page.ts';
import { keepPasses } from '../pass/pass-store.ts';
import { t } from '../texts.ts';
import { travellers } from './draft.ts';
import { closeDraft } from './draft-store.ts';
import { stepOf } from './field-problems.ts';
import type { useForm } from './form.ts';
import type { Outcome } from './submit.ts';

const RETRY_MS = 15_000;

/** Sends the form, says why it could not, and sends it by itself once the network is back. */
export function useSending({ draft, say }: ReturnType<typeof useForm>, showProblem: (step: number) => Promise<void>) {
  const client = useGraphqlClient();
  const busy = ref(false);
  /** How far the work is that the server asked for; null where it asked for none. */
  const work = ref<number | null>(null);
  const problem = shallowRef<RequestProblem | null>(null);
  let open = true;

  async function send(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = null;
    const outcome = await submit();
    busy.value = false;
    work.value = null;
    if (open) settle(outcome);
  }

  async function submit(): Promise<Outcome> {
    const sending = await import('./submit.ts').catch(() => null);
    return sending
      ? sending.submitForm(client, draft, (share) => (work.value = share))
      : { kind: 'FAULT', problem: unanswered };
  }

  function settle(outcome: Outcome): void {
    if (outcome.kind === 'FAULT') problem.value = outcome.problem;
    else if (outcome.kind === 'INVALID') point(outcome.problems);
    else {
      keepPasses(outcome.passes);
      closeDraft(draft);
      openPage({ name: 'pass', secret: outcome.passes[0]?.secret ?? '' });
    }
  }

  /** The server's words beside the fields; what belongs to no field is said above the button. */
  function point(problems: { index: number; path: string; message: string }[]): void {
    for (const { index, path, message } of problems) say(travellers(draft)[index]?.key ?? '', path, message);
    const [first] = problems;
    if (first && /^(person|journey|health|stayAddress)\b/.test(first.path)) void showProblem(stepOf(first.path));
    else problem.value = { ...unanswered, code: 'INVALID', message: first?.message ?? '' };
  }

  // The network may be there while the server is not: no event says when it is back.
  const timer = setInterval(() => retry(), RETRY_MS);
  const retry = () => void (draft.pending && problem.value?.code === 'OFFLINE' && send());
  onMounted(() => addEventListener('online', retry));
  onUnmounted(() => {
    open = false;
    clearInterval(timer);
    removeEventListener('online', retry);
  });

  // Who goes back to change something has not asked for it to be sent.
  watch(
    () => draft.step,
    () => (problem.value = null),
  );
  const notice = computed(() => problem.value && words(problem.value));
  return { send, busy, work, notice };
}

function words({ code, message, retryAfterSeconds }: RequestProblem): string {
  if (code === 'OFFLINE') return t('send.offline');
  if (retryAfterSeconds !== null) return t('send.wait', { seconds: retryAfterSeconds });
  return message || t('send.fault');
}
