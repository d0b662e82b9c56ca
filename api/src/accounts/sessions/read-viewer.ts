import { unauthenticated } from '../../platform/graphql/problems.ts';
import { asksForSecondFactor, permissionsOf } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { accountLoader, enrolledLoader } from '../account-loaders.ts';
import { ViewerType } from '../account-results.entity.ts';

/** The own account as it is now: whatever was read of it before in this request may have changed. */
export async function readViewer(
  context: Context,
  secondFactorObligatory: boolean,
  accountId: string,
  wall = false,
): Promise<ViewerType> {
  const account = await context.loaders.of(context, accountLoader).clear(accountId).load(accountId);
  const enrolled = await context.loaders.of(context, enrolledLoader).clear(accountId).load(accountId);
  if (!account) throw unauthenticated();
  const { roles, mustChangePassword } = account;
  const mfaObligatory = secondFactorObligatory && asksForSecondFactor(roles);
  const mustEnrolMfa = mfaObligatory && !enrolled;
  const permissions = permissionsOf({ roles, mustChangePassword, mustEnrolMfa, wall });
  return Object.assign(new ViewerType(), {
    account,
    mustChangePassword,
    mustEnrolMfa,
    mfaObligatory,
    permissions,
    wall,
  });
}
