import { formatDay } from '../days.ts';
import { t } from '../texts.ts';

/** Whether a checkpoint is open, and until or since when. */
export function openWords({ active, closesOn }: { active: boolean; closesOn?: string | null | undefined }): string {
  if (!closesOn) return t(active ? 'checkpoints.open' : 'checkpoints.closed');
  return t(active ? 'checkpoints.openUntil' : 'checkpoints.closedOn', { day: formatDay(closesOn) });
}
