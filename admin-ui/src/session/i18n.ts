import { shallowRef, watch, type Ref } from 'vue';
import { locale, type Locale } from './locale.ts';

type Values = Record<string, string | number>;

/**
 * The citizen's texts: one language comes with the page, the other when it is asked for. `t('who.people', { count: 5 })`
 * fills {count} in, and takes `who.people.one` instead where the language has a form for that count.
 */
export function createTexts<Key extends string>(
  first: Record<Key, string>,
  others: Partial<Record<Locale, () => Promise<Record<Key, string>>>>,
) {
  const texts: Ref<Record<string, string>> = shallowRef(first);
  async function load(language: Locale): Promise<void> {
    const found = (await others[language]?.()) ?? first;
    if (locale.value === language) texts.value = found;
  }
  watch(locale, (language) => void load(language));

  function t(key: Key, values: Values = {}): string {
    const form = 'count' in values ? new Intl.PluralRules(locale.value).select(Number(values['count'])) : '';
    const text = texts.value[`${key}.${form}`] ?? texts.value[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }
  return { t, ready: load(locale.value) };
}
