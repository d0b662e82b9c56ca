import { ref } from 'vue';

/** A text to the clipboard: null before anybody asked, false where the browser refused. */
export function useCopy(text: () => string) {
  const copied = ref<boolean | null>(null);
  async function copy(): Promise<void> {
    // Only pages on https or localhost may write to the clipboard.
    const writing = navigator.clipboard?.writeText(text());
    copied.value = (await writing?.then(() => true).catch(() => false)) ?? false;
  }
  return { copied, copy };
}
