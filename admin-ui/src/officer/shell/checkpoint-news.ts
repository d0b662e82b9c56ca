import { DAY_MS } from '#api/platform/shared/instant.ts';
/** A checkpoint as far as its officers are told what becomes of it. */
export interface Standing {
  id: string;
  active: boolean;
  closesOn?: string | null | undefined;
  unit: { id: string; fullName: string };
}

export type News = { kind: 'CLOSED' } | { kind: 'CLOSING'; day: string } | { kind: 'MOVED'; unit: string };

const daysAhead = 7;

/** How a checkpoint and its unit are remembered on the device. */
export const placeOf = ({ id, unit }: Standing): string => `${id} ${unit.id}`;

/** What an officer should know before it happens to them; null where nothing changes. `known` is a place of before, or empty. */
export function newsOf(checkpoint: Standing, known: string, today: string): News | null {
  const { active, closesOn, unit } = checkpoint;
  if (!active) return { kind: 'CLOSED' };
  if (closesOn && Date.parse(closesOn) - Date.parse(today) <= daysAhead * DAY_MS)
    return { kind: 'CLOSING', day: closesOn };
  const moved = known.startsWith(`${checkpoint.id} `) && known !== placeOf(checkpoint);
  return moved ? { kind: 'MOVED', unit: unit.fullName } : null;
}
