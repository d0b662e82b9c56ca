import { ref } from 'vue';
import { read, write } from '../../session/locale.ts';
import { viewer } from '../../session/viewer.ts';

const KEY = 'cordon.officer.paper-entered';
const SHIFT_MS = 12 * 3_600_000;

/** A form that was keyed in here: its number and nothing of the person, so it may be kept on the device. */
interface Entered {
  number: string;
  at: number;
  checkpointId: string;
  accountId: string;
}

const all = ref<Entered[]>(kept());

/** The forms that this officer keyed in at a checkpoint in the last 12 hours, the newest first. */
export function enteredForms(checkpointId: string): Entered[] {
  const since = Date.now() - SHIFT_MS;
  const accountId = viewer.value?.account.id;
  return all.value.filter(
    (form) => form.checkpointId === checkpointId && form.accountId === accountId && form.at > since,
  );
}

export function noteEntered(number: string, checkpointId: string): void {
  const accountId = viewer.value?.account.id ?? '';
  const since = Date.now() - SHIFT_MS;
  all.value = [{ number, at: Date.now(), checkpointId, accountId }, ...all.value.filter(({ at }) => at > since)];
  write(KEY, JSON.stringify(all.value));
}

function kept(): Entered[] {
  try {
    const stored = JSON.parse(read(KEY) ?? '[]') as unknown;
    return Array.isArray(stored) ? (stored as Entered[]) : [];
  } catch {
    return [];
  }
}
