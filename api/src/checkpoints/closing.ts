import { endOfDay, vietnamDate } from '../platform/shared/vietnam-date.ts';

/** What says until when a checkpoint is open. */
export interface Closing {
  active: boolean;
  closesAt: Date | null;
}

/** Whether somebody who passed at this moment passed a closed checkpoint. */
export function isClosedAt({ active, closesAt }: Closing, at: Date): boolean {
  return closesAt === null ? !active : at >= closesAt;
}

/** The last day on which it is open; null where no end is set. */
export function closesOn({ closesAt }: Pick<Closing, 'closesAt'>): string | null {
  return closesAt && vietnamDate(new Date(closesAt.getTime() - 1));
}

/** What was asked for, of what is known: what is closed stays closed from when it was, however often it is saved. */
export function closingOf(
  known: Closing | null,
  wanted: { active: boolean; closesOn: string | null },
  at: Date,
): Closing {
  if (wanted.active) return { active: true, closesAt: wanted.closesOn === null ? null : endOfDay(wanted.closesOn) };
  if (known && isClosedAt(known, at)) return { active: known.active, closesAt: known.closesAt };
  return { active: false, closesAt: at };
}
