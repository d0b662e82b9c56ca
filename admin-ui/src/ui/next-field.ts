/** The keyboard's Next goes to the next field of the form; from the last one it sends it. */
export function nextField(event: KeyboardEvent): void {
  const { target, currentTarget } = event;
  const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  if (!isField || !(currentTarget instanceof HTMLFormElement)) return;
  if (target.type === 'checkbox' || event.isComposing) return;
  event.preventDefault();
  const next = fieldAfter(currentTarget, target);
  if (next instanceof HTMLButtonElement) next.click();
  else next?.focus();
}

/** The field, or the button that sends the form, which follows one, a group of radio buttons counting as one. */
export function fieldAfter(form: HTMLFormElement, field: HTMLElement): HTMLElement | undefined {
  const isRadio = field instanceof HTMLInputElement && field.type === 'radio';
  const fields = [...form.querySelectorAll<HTMLElement>('input, select, button[type=submit]')].filter(
    (each) => each === field || isStop(each),
  );
  return fields[(isRadio ? lastOfGroup(fields, field) : fields.indexOf(field)) + 1];
}

/** Of a group of radio buttons the chosen one or the first, as for Tab; nothing that is folded away. */
function isStop(field: HTMLElement): boolean {
  if (!field.checkVisibility()) return false;
  if (!(field instanceof HTMLInputElement) || field.type !== 'radio') return true;
  const group = [...document.getElementsByName(field.name)];
  const chosen = group.find((each) => each instanceof HTMLInputElement && each.checked);
  return field === (chosen ?? group[0]);
}

function lastOfGroup(fields: HTMLElement[], radio: HTMLInputElement): number {
  return fields.findLastIndex((field) => field instanceof HTMLInputElement && field.name === radio.name);
}
