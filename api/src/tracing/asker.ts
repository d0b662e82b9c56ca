import { signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';

/** The tracer who asks, and when. */
export interface Asker {
  accountId: string;
  unitId: string;
  at: Date;
}

export const askerOf = (context: Context): Asker => {
  const { accountId, jurisdiction } = signedIn(context);
  return { accountId, unitId: jurisdiction.unitId, at: context.at };
};
