import type { Transaction } from '../platform/database/transaction.ts';
import type { Viewer } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { toViewer, type ViewerRow } from './sessions/sessions.service.ts';

const viewerOf = {
  name: 'viewer-of-account',
  text: `select a.id, a.username, a.full_name, a.roles, a.unit_id, a.must_change_password,
           exists (select from enrolled_accounts(array[a.id])) as mfa_enrolled,
           array(select c.checkpoint_id::text from account_checkpoint c where c.account_id = a.id) as checkpoint_ids,
           false as wall
         from account a where a.id = $1 and a.active`,
};

/** Who an account is now, for work that it asked for and that goes on without its session; null once it is suspended. */
export async function viewerOfAccount(
  tx: Transaction,
  { territory, secondFactorObligatory }: { territory: Territory; secondFactorObligatory: boolean },
  accountId: string,
): Promise<Viewer | null> {
  const [row] = await tx.rows<ViewerRow>(viewerOf, [accountId]);
  return row ? toViewer(row, territory, secondFactorObligatory) : null;
}
