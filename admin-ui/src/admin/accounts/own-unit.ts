import { viewer } from '../../session/viewer.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';

/** Where the administrator stands: most accounts they make stand there too. The nation is no choice. */
export function ownUnit(): PickedUnit | null {
  const unit = viewer.value?.account.unit;
  if (!unit || unit.level === 'NATION') return null;
  const above = [unit.parent, unit.parent?.parent].flatMap((step) => (step && step.level !== 'NATION' ? [step] : []));
  const path = [unit.fullName, ...above.map(({ name }) => name)].join(', ');
  return { id: unit.id, code: unit.code, level: unit.level, path, above: above.map(({ code }) => code) };
}
