import { ref, watch } from 'vue';
import { session, viewer } from '../../session/viewer.ts';
import { may } from '../shell/pages.ts';

/**
 * Why people are looked at now: given once for what one works on, sent with each look, and entered with it. It is kept while
 * the page is open and never stands in an address.
 */
export const lookReason = ref('');
watch(session, (state) => {
  if (state !== 'SIGNED_IN') lookReason.value = '';
});

/** A person's rows lie in many communes: only who stands at the province or above merges. */
export function mayMerge(): boolean {
  const level = viewer.value?.account.unit.level;
  return may('citizen.merge') && (level === 'PROVINCE' || level === 'NATION');
}
