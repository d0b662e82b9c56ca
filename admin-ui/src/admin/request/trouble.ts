import type { RequestProblem } from '../../session/problem.ts';
import { t } from '../texts.ts';

/** What to tell of a request that failed: the server's reasons, which stand by field, else its message, else that no answer came. */
export const troubleOf = ({ fields, message }: RequestProblem, reasons = Object.values(fields)): string =>
  reasons.join(' ') || message || t('problem.offline');
