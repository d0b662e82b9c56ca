import { shallowRef, watch } from 'vue';
import { session } from '../../session/viewer.ts';
import { lookReason } from './look-reason.ts';

/** What was searched for last; null: nothing yet. In memory alone: what is typed here may be a number of somebody. */
export const searched = shallowRef<{ search: string; reason: string } | null>(null);
watch(session, (state) => {
  if (state !== 'SIGNED_IN') searched.value = null;
});

export function searchFor(search: string, reason: string): void {
  searched.value = { search: search.trim(), reason: reason.trim() };
  lookReason.value = reason.trim();
}
