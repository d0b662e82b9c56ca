import { ref, watch } from 'vue';
import { read, write } from './locale.ts';

export type Theme = 'light' | 'dark' | 'sunlight';

const KEY = 'cordon.theme';
const remembered = read(KEY);

/** Chosen by the person and remembered; until then what the device asks for. */
export const theme = ref<Theme>(isTheme(remembered) ? remembered : preferred());

watch(
  theme,
  (chosen) => {
    document.documentElement.dataset['theme'] = chosen;
    if (chosen !== preferred() || remembered) write(KEY, chosen);
  },
  { immediate: true },
);

function isTheme(text: string | null): text is Theme {
  return text === 'light' || text === 'dark' || text === 'sunlight';
}

function preferred(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
