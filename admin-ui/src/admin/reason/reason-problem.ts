import { reasonFault } from '#api/platform/shared/reason.ts';
import { t } from '../texts.ts';

/** What is wrong with a reason, as the API judges it; null: nothing. */
export function reasonProblem(reason: string): string | null {
  const fault = reasonFault(reason);
  return fault && t(`reason.fault.${fault}`);
}
