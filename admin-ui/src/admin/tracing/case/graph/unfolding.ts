import type { ContactOfCase } from '../contacts.ts';
import type { GraphConditions } from './shown.ts';

/** Whether somebody's own contacts can be opened or folded; null where all are shown anyway, or there can be none. */
export function unfoldingOf(
  { id, generation, passedTo }: Pick<ContactOfCase, 'id' | 'generation' | 'passedTo'>,
  { whole, opened }: Pick<GraphConditions, 'whole' | 'opened'>,
  { depth, mayTraceOn }: { depth: number; mayTraceOn: boolean },
): 'OPEN' | 'FOLD' | null {
  if (opened.has(id)) return 'FOLD';
  if (generation < whole) return null;
  // Whom those of the last generation met is not known before they are traced on.
  const isLast = generation >= depth;
  return (isLast ? mayTraceOn && depth < FURTHEST : passedTo > 0) ? 'OPEN' : null;
}

const FURTHEST = 4;
