/** The keyboard's Next goes to the next field of the form; from the last one it sends it. */
export function nextField(event: KeyboardEvent): void {
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLInputElement) || !(currentTarget instanceof HTMLFormElement)) return;
  if (target.type === 'checkbox' || event.isComposing) return;
  event.preventDefault();
  const fields = [...currentTarget.querySelectorAll<HTMLElement>('input, select, button[type=submit]')].filter(isStop);
  const at = target.type === 'radio' ? lastOfGroup(fields, target) : fields.indexOf(target);
  const next = fields[at + 1];
  if (next instanceof HTMLButtonElement) next.click();
  else next?.focus();
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
