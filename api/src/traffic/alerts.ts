import { MINUTE_MS } from '../platform/shared/instant.ts';
import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import type { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { isClosedAt } from '../checkpoints/checkpoints.service.ts';
import type { Alert } from './alert.ts';
import type { CheckpointBook } from './checkpoint-book.ts';
import type { Hit } from './hits.queries.ts';
import { keptMinutes } from './kept-minutes.ts';
import type { Thresholds } from './thresholds/thresholds.ts';
import { usualMinutes } from './usual.queries.ts';

export interface Observed {
  book: CheckpointBook;
  /** How many usually pass in 15 minutes at this time; null where nothing was recorded on any day before. */
  usual: number | null;
  thresholds: Thresholds;
  hits: readonly Hit[];
  /** Since when nobody has passed, as far as that is known. */
  quietSince: number;
}

/** What needs attention at a checkpoint now. */
export function alertsAt(checkpoint: Checkpoint, observed: Observed, now: number): Alert[] {
  const found = [
    surge(observed, now),
    silence(checkpoint, observed, now),
    refusals(observed, now),
    hits(observed, now),
  ];
  return found.flatMap((one) => (one ? [{ checkpointId: checkpoint.id, ...one }] : []));
}

type Found = Omit<Alert, 'checkpointId'> | null;

function surge({ book, usual, thresholds }: Observed, now: number): Found {
  if (usual === null) return null;
  const last = book.last(usualMinutes, now);
  const passages = last.in + last.out;
  if (passages < thresholds.surgeAtLeast || passages < usual * thresholds.surgeFactor) return null;
  return { kind: 'SURGE', since: null, figures: { count: passages, of: Math.round(usual) } };
}

/**
 * The last passage, or the beginning of what is known without one: of a picture, of the day and the hours that are kept, and of what
 * stood in the picture before, which a midnight may have taken out of this one.
 */
export function quietSince({ createdAt }: Checkpoint, book: CheckpointBook, before: number | undefined, now: number) {
  const known = Math.min(before ?? now, midnightBefore(now), now - keptMinutes * MINUTE_MS);
  return book.lastPassageAt ?? Math.max(createdAt.getTime(), known);
}

/** Where nobody passes at this time of other days, nobody is missed. */
function silence(checkpoint: Checkpoint, { book, usual, thresholds, quietSince: since }: Observed, now: number): Found {
  if (isClosedAt(checkpoint, new Date(now))) return null;
  const minutes = (now - since) / MINUTE_MS;
  const expected = usual === null ? book.today.in + book.today.out : (usual * thresholds.silenceMinutes) / usualMinutes;
  if (minutes < thresholds.silenceMinutes || expected < 1) return null;
  return { kind: 'SILENCE', since, figures: { count: 0, of: 0 } };
}

function refusals({ book, thresholds }: Observed, now: number): Found {
  const last = book.last(60, now);
  const passages = last.in + last.out;
  if (passages < thresholds.refusalAtLeast || last.refused * 100 < passages * thresholds.refusalPercent) return null;
  return { kind: 'REFUSAL_RATE', since: null, figures: { count: last.refused, of: passages } };
}

function hits({ hits: all, thresholds }: Observed, now: number): Found {
  const standing = all.filter(({ at }) => now - at.getTime() < thresholds.watchListMinutes * MINUTE_MS);
  if (standing.length === 0) return null;
  const since = Math.max(...standing.map(({ at }) => at.getTime()));
  return { kind: 'WATCH_LIST', since, figures: { count: standing.length, of: 0 } };
}
