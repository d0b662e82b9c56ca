/** Where something is to be mended: the first field that is marked so. */
export function focusFirstProblem(form: HTMLFormElement | null): void {
  const marked = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  (marked?.matches('fieldset') ? marked.querySelector('input') : marked)?.focus();
}
