import { patientComponent } from '../patient-component.ts';
import { loadRules } from '../rules/lazy-rules.ts';
import { whole } from '../texts.ts';

const loaders = {
  repeat: () => whole().then(() => import('./RepeatForm.vue')),
  where: () => whole().then(() => import('./WhereStep.vue')),
  health: () => whole().then(() => import('./HealthStep.vue')),
  check: () => whole().then(() => import('./CheckStep.vue')),
  rules: loadRules,
  sending: () => import('./submit.ts'),
};

// The first screen comes with the page; the others, and what sends the form, while it is being filled in.
export const SignNote = patientComponent(() => whole().then(() => import('../sign/SignNote.vue')));
export const RepeatForm = patientComponent(loaders.repeat);
export const WhereStep = patientComponent(loaders.where);
export const HealthStep = patientComponent(loaders.health);
export const CheckStep = patientComponent(loaders.check);

/** What cannot be fetched now is fetched when it is needed. */
export async function loadSteps(): Promise<void> {
  await Promise.allSettled(Object.values(loaders).map((load) => load()));
}
