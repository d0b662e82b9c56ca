import { computed } from 'vue';
import { viewer } from '../session/viewer.ts';

/** The name of the province that the viewer works for; null for a national account. */
export const ownProvince = computed(() => {
  const unit = viewer.value?.account.unit;
  const steps = [unit, unit?.parent, unit?.parent?.parent];
  return steps.find((step) => step?.level === 'PROVINCE')?.name ?? null;
});
