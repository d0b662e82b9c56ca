import { computed, ref, shallowRef } from 'vue';
import type { ContactOfCase, Link } from '../contacts.ts';
import type { Shown } from './shown.ts';

interface Seen {
  caseId: () => string;
  visible: () => readonly ContactOfCase[];
  shown: () => Shown;
}

/**
 * Who was reached last, and who or which link the pointer is over. They may be shown no longer, and nothing tells then that the
 * pointer left: the case stands for who was reached, and who was reached for whom the pointer was over.
 */
export function usePointed({ caseId, visible, shown }: Seen, first: string) {
  const reached = ref(first);
  const over = ref<string | null>(null);
  const overLink = shallowRef<Link | null>(null);
  const byId = computed(() => new Map(visible().map((contact) => [contact.id, contact])));
  const isShown = (id: string) => id === caseId() || byId.value.has(id);
  const at = computed({
    get: () => (isShown(reached.value) ? reached.value : caseId()),
    set: (id) => (reached.value = id),
  });
  /** Null: the case itself. */
  const contact = computed(() => {
    const id = over.value !== null && isShown(over.value) ? over.value : at.value;
    return byId.value.get(id) ?? null;
  });
  const link = computed(() => (overLink.value && shown().links.has(overLink.value) ? overLink.value : null));
  return { at, over, overLink, contact, link };
}
