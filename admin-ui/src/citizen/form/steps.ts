import { defineAsyncComponent } from 'vue';
import { whole } from '../texts.ts';

const loaders = {
  repeat: () => whole().then(() => import('./RepeatForm.vue')),
  where: () => whole().then(() => import('./WhereStep.vue')),
  health: () => whole().then(() => import('./HealthStep.vue')),
  check: () => whole().then(() => import('./CheckStep.vue')),
  sending: () => import('./submit.ts'),
};

// The first screen comes with the page; the others, and what sends the form, while it is being filled in.
export const RepeatForm = defineAsyncComponent(loaders.repeat);
export const WhereStep = defineAsyncComponent(loaders.where);
export const HealthStep = defineAsyncComponent(loaders.health);
export const CheckStep = defineAsyncComponent(loaders.check);

export async function loadSteps(): Promise<void> {
  await Promise.all(Object.values(loaders).map((load) => load()));
}
