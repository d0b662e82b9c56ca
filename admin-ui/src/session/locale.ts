import { ref, watch } from 'vue';

export type Locale = 'vi' | 'en';

const KEY = 'cordon.locale';

/** The page's language: Vietnamese until the person chooses English; remembered on this device. */
export const locale = ref<Locale>(read(KEY) === 'en' ? 'en' : 'vi');

watch(
  locale,
  (chosen) => {
    document.documentElement.lang = chosen;
    write(KEY, chosen);
  },
  { immediate: true, flush: 'sync' },
);

/** localStorage throws where the person forbids it: then nothing is remembered, and all else works. */
export function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Full or forbidden.
  }
}
