import { watch } from 'vue';
import { createI18n } from 'vue-i18n';
import { locale, type Locale } from '../session/locale.ts';
import vi from './texts/vi.json';

const i18n = createI18n({ legacy: false, locale: 'vi', fallbackLocale: 'vi', messages: { vi }, missingWarn: false });

/** Vietnamese comes with the page; English is fetched when it is asked for. */
async function load(language: Locale): Promise<void> {
  if (language === 'en') i18n.global.setLocaleMessage('en' as 'vi', (await import('./texts/en.json')).default);
  if (locale.value === language) i18n.global.locale.value = language as 'vi';
}
watch(locale, (language) => void load(language));
export const ready = load(locale.value);

/** A text by its key; a number under `count` also picks between forms that stand as "one | many". */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const count = values['count'];
  return typeof count === 'number' ? i18n.global.t(key, values, count) : i18n.global.t(key, values);
}

/** Whether there are words for what the server names. */
export const hasText = (key: string): boolean => i18n.global.te(key, 'vi');
