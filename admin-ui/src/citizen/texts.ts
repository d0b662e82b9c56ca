import { createTexts } from '../session/i18n.ts';
import vi from './texts/vi.json';

/** Vietnamese comes with the page; English is fetched when it is asked for. */
export const { t, ready } = createTexts(vi, { en: () => import('./texts/en.json').then((file) => file.default) });

export type TextKey = keyof typeof vi;
