import { writeAudit } from '../../platform/audit/audit.ts';
import { signedIn, type Scope } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { requeueDeadLetters } from './dead-letters.queries.ts';

export const mostRetried = 1_000;

/** Enqueues dead letters of a scope again, each province with an entry of its own in the audit trail; answers how many. */
export async function retryChecks(
  context: Context,
  scope: Scope,
  ids: readonly string[] | null,
  reason: string,
): Promise<number> {
  const tx = await context.transaction();
  const viewer = signedIn(context);
  let retried = 0;
  for (const province of scope.provinces) {
    const most = mostRetried - retried;
    const subjectIds = most > 0 ? await requeueDeadLetters(tx, province, scope, { ids, most, at: context.at }) : [];
    if (subjectIds.length === 0) continue;
    retried += subjectIds.length;
    await writeAudit(tx, {
      provinceCode: province,
      actorId: viewer.accountId,
      role: viewer.roles.join(),
      unitId: viewer.jurisdiction.unitId,
      action: 'registry.retry',
      subjectKind: 'citizen',
      subjectIds,
      reason,
      detail: { count: subjectIds.length },
    });
  }
  return retried;
}
