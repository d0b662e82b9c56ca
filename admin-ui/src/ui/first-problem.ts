import { nextTick } from 'vue';

/** The keyboard goes to the first field that is marked as wrong, in a group to its first choice. */
export async function focusFirstProblem(form: HTMLElement | null): Promise<void> {
  await nextTick();
  const marked = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  (marked instanceof HTMLFieldSetElement ? marked.querySelector('input') : marked)?.focus();
}
