import { shallowRef, watch, type Ref } from 'vue';
import { locale, type Locale } from './locale.ts';

type Values = Record<string, string | number>;
type Loaders<Key extends string> = Record<Locale, () => Promise<Record<Key, string>>>;

/**
 * The citizen's texts: the first screen's Vietnamese comes with the page, the rest is fetched. `t('who.people',
 * { count: 5 })` fills {count} in, and takes `who.people.one` instead where the language has a form for that count.
 * `ready`: the first screen can be shown; `whole()`: every other too.
 */
export function createTexts<Key extends string>(first: Partial<Record<Key, string>>, loaders: Loaders<Key>) {
  const texts: Ref<Record<string, string | undefined>> = shallowRef(first);
  const failed = () => undefined;
  let loading = Promise.resolve();

  async function load(language: Locale): Promise<void> {
    const found = await loaders[language]();
    if (locale.value === language) texts.value = found;
  }
  watch(
    locale,
    (language) => {
      loading = load(language);
      loading.catch(failed);
    },
    { immediate: true },
  );

  function t(key: Key, values: Values = {}): string {
    const form = 'count' in values ? new Intl.PluralRules(locale.value).select(Number(values['count'])) : '';
    const text = texts.value[`${key}.${form}`] ?? texts.value[key] ?? '';
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }
  // What a bad network kept away is asked for again.
  const whole = () => (loading = loading.catch(() => load(locale.value)));
  return { t, ready: locale.value === 'vi' ? Promise.resolve() : loading.catch(failed), whole };
}
