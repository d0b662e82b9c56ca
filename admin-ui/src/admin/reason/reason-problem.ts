import { t } from '../texts.ts';

/** What is wrong with a reason, as the API judges it; null: nothing. */
export function reasonProblem(reason: string): string | null {
  if ([...reason.trim()].length < 5) return t('reason.short');
  return /\d(?:[\s.-]?\d){7}/.test(reason) ? t('reason.number') : null;
}
