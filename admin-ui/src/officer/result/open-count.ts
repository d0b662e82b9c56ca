import { t } from '../texts.ts';

// From the sixth on the public form asks for work: by then it may be a flood in somebody's name.
const USUAL_MOST = 5;

/** What to say of so many open declarations under one number; nothing of a few. */
export function openCountNotices(count: number): string[] {
  return count > USUAL_MOST ? [t('found.many', { count })] : [];
}
