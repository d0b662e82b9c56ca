import { patientComponent } from '../patient-component.ts';
import { whole } from '../texts.ts';

/** Fetched after the screens that send the form: where it cannot be had, they work without it. */
export const loadRules = () => whole().then(() => import('./DestinationRules.vue'));
export const DestinationRules = patientComponent(loadRules);
