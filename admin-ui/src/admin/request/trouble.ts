import type { RequestProblem } from '../../session/problem.ts';
import { t } from '../texts.ts';

/** A request that failed, as far as a person is told of it. */
export type Failure = Pick<RequestProblem, 'fields' | 'message'>;

/** What to tell of a request that failed: the server's reasons, which stand by field, else its message, else that no answer came. */
export const troubleOf = ({ fields, message }: Failure, reasons = Object.values(fields)): string =>
  reasons.join(' ') || message || t('problem.offline');
