import { defineAsyncComponent } from 'vue';

const loaders = {
  repeat: () => import('./RepeatForm.vue'),
  where: () => import('./WhereStep.vue'),
  health: () => import('./HealthStep.vue'),
  check: () => import('./CheckStep.vue'),
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
