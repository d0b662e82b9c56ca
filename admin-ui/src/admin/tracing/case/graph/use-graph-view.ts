import { computed, ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { ContactConditions } from '../contacts.ts';
import type { GraphConditions } from './shown.ts';

export interface Span {
  since?: number;
  until?: number;
}

/**
 * What of a graph stands in its address besides the conditions of the list: to which generation everybody is shown, whose
 * contacts besides them, and the span of time.
 */
export function useGraphView(conditions: () => ContactConditions, depth: () => number) {
  const route = useRoute();
  const router = useRouter();
  const text = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : '');
  const set = (changes: Record<string, string | undefined>) =>
    void router.replace({ query: { ...route.query, ...changes } });
  const whole = computed(() => Math.min(Number(text('whole')) || depth(), depth()));
  const more = computed(() => text('more'));
  const opened = computed<ReadonlySet<string>>(() => new Set(more.value.split(',').filter(Boolean)));
  /** As it is being moved; the address has it when the hand lets go. */
  const span = ref<Span>(readSpan(text('since'), text('until')));
  const asked = computed<GraphConditions>(() => ({
    ...conditions(),
    ...span.value,
    whole: whole.value,
    opened: opened.value,
  }));

  const showWholeTo = (generation: number) =>
    set({ whole: generation === depth() ? undefined : String(generation), more: undefined });
  /** Whom somebody met in turn; beyond what was traced a generation more is. */
  function open(id: string, generation: number): void {
    const further = Math.max(depth(), generation + 1);
    set({ more: [...opened.value, id].join(','), whole: String(whole.value), depth: String(further) });
  }
  const fold = (id: string) => set({ more: [...opened.value].filter((each) => each !== id).join(',') || undefined });
  const keepSpan = () => set({ since: writeMoment(span.value.since), until: writeMoment(span.value.until) });
  return { whole, opened, span, asked, showWholeTo, open, fold, keepSpan };
}

function readSpan(since: string, until: string): Span {
  const [from, to] = [Date.parse(since), Date.parse(until)];
  return { ...(Number.isNaN(from) ? {} : { since: from }), ...(Number.isNaN(to) ? {} : { until: to }) };
}

const writeMoment = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
