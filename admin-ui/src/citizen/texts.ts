import { createTexts } from '../session/i18n.ts';
import type later from './texts/vi-later.json';
import first from './texts/vi.json';

export type TextKey = keyof typeof first | keyof typeof later;

const inVietnamese = async () => ({ ...first, ...(await import('./texts/vi-later.json')).default });
const inEnglish = async () => (await import('./texts/en.json')).default;

/** The first screen's Vietnamese comes with the page; what is said later, and all English, is fetched. */
export const { t, ready, whole } = createTexts<TextKey>(first, { vi: inVietnamese, en: inEnglish });
