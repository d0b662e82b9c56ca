import { read, write } from '../../session/locale.ts';
import { newDraft, newHealth, type Draft } from './draft.ts';

const DRAFT = 'cordon.draft';
const PROFILE = 'cordon.profile';
// Answers on health are of the day: an older draft keeps the rest and asks them again.
const HEALTH_HOLDS_MS = 6 * 3_600_000;

type Profile = Pick<Draft, 'version' | 'people' | 'journey'>;

export function keepDraft(draft: Draft): void {
  write(DRAFT, JSON.stringify({ ...draft, savedAt: Date.now() }));
}

/** The unfinished form, else one to declare again, else a blank one. */
export function openDraft(): Draft {
  const draft = stored<Draft>(DRAFT);
  if (draft) {
    const fresh = draft.pending || Date.now() - draft.savedAt < HEALTH_HOLDS_MS;
    if (fresh) return draft;
    // Nor does anybody stand at the same checkpoint for so long.
    const { sign: _, ...rest } = draft;
    return { ...rest, health: newHealth(), step: Math.min(draft.step, 3) };
  }
  return reopenProfile();
}

/** The last one's people and journey, to be declared again; a blank form where there is none. */
export function reopenProfile(): Draft {
  const profile = stored<Profile>(PROFILE);
  return profile ? again(profile) : newDraft();
}

/** Person and journey stand filled in; what was answered on health is never carried over. */
function again({ people, journey }: Profile): Draft {
  return { ...newDraft(), step: 0, people, journey: { ...journey, departure: 'NOW', departsAt: '', staysUntil: '' } };
}

/** After it was answered: the draft goes, people and journey stay for the next time unless it was for somebody else. */
export function closeDraft(draft: Draft): void {
  write(DRAFT, null);
  const { version, people, journey } = draft;
  if (!draft.onBehalf) write(PROFILE, JSON.stringify({ version, people, journey } satisfies Profile));
}

export function hasProfile(): boolean {
  return stored<Profile>(PROFILE) !== null;
}

export function forgetPeople(): void {
  write(DRAFT, null);
  write(PROFILE, null);
}

function stored<Kept extends { version: 1 }>(key: string): Kept | null {
  try {
    const kept = JSON.parse(read(key) ?? 'null') as Kept | null;
    return kept?.version === 1 ? kept : null;
  } catch {
    return null;
  }
}
