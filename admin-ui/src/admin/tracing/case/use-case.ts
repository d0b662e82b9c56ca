import { computed, onScopeDispose, ref, watch } from 'vue';
import { getFragmentData } from '../../../gql/admin/fragment-masking.ts';
import {
  CaseHeadFragmentDoc,
  CaseWholeDocument,
  ContactsOfCaseFragmentDoc,
  TraceProgressDocument,
  TraceStateFragmentDoc,
} from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { ask } from '../../../session/ask.ts';
import { useAnswer } from '../../request/use-answer.ts';
import { contactsOf } from './contacts.ts';

const LOOK_AGAIN_MS = 1_000;

/** A case with its contacts. While it is traced the page asks how far that is, and reads the contacts anew when it is done. */
export function useCase(id: () => string, generations: () => number, maxNodes: () => number) {
  const client = useGraphqlClient();
  const asked = () => ({ id: id(), generations: generations(), maxNodes: maxNodes() });
  const { data, problem, busy, again } = useAnswer(CaseWholeDocument, asked);
  const head = computed(() => getFragmentData(CaseHeadFragmentDoc, data.value?.case ?? null));
  const graph = computed(() => getFragmentData(ContactsOfCaseFragmentDoc, data.value?.case?.contactGraph ?? null));
  const progress = ref<{ status: string; people: number; reachedGeneration: number } | null>(null);
  const trace = computed(
    () => progress.value ?? (graph.value && getFragmentData(TraceStateFragmentDoc, graph.value)) ?? null,
  );
  const contacts = computed(() => (graph.value && head.value ? contactsOf(graph.value, head.value.citizen) : []));
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));

  async function look(): Promise<void> {
    const wanted = asked();
    const { generations: depth } = wanted;
    const answer = await ask(client, 'query', TraceProgressDocument, { id: wanted.id, generations: depth });
    if (JSON.stringify(wanted) !== JSON.stringify(asked())) return;
    const state = answer.data?.case && getFragmentData(TraceStateFragmentDoc, answer.data.case.contactGraph);
    if (!state || state.status === 'RUNNING') {
      progress.value = state ?? progress.value;
      return lookLater();
    }
    await again();
    progress.value = null;
  }
  function lookLater(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), LOOK_AGAIN_MS);
  }
  watch(data, () => {
    progress.value = null;
    if (trace.value?.status === 'RUNNING') lookLater();
  });
  return { head, graph, trace, contacts, problem, busy, again };
}
