import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { forbidden } from '../platform/graphql/problems.ts';
import { permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';

export type Erasure = { kind: 'ERASED'; erasedAt: Date; declarations: number } | { kind: 'HELD' } | { kind: 'UNKNOWN' };

interface ErasedRow {
  outcome: 'ERASED' | 'ERASED_BEFORE' | 'HELD' | 'UNKNOWN';
  erased_at: Date;
  declarations: number;
  ids_digest: Buffer | null;
}

const whereKnown = {
  name: 'provinces-of-citizen',
  text: `select province_code from citizen where province_code = any($1) and id = $2
         union select province_code from erased_citizen where province_code = any($1) and citizen_id = $2 order by 1`,
};
const erase = { name: 'erase-citizen', text: 'select * from erase_citizen($1, $2, $3)' };

/**
 * Erases a person in every province of the own that knows this id, or in none where one holds them. What a person declared lies
 * in communes of the whole province, so only who stands at the province or above may. Done again it answers the same.
 */
export async function eraseCitizen(context: Context, id: string, reason: string): Promise<Erasure> {
  const { provinces, unitIds } = permit(context, 'citizen.erase');
  if (unitIds) throw forbidden();
  const tx = await context.transaction();
  const known = await tx.rows<{ province_code: string }>(whereKnown, [provinces, id]);
  const erased: ErasedRow[] = [];
  for (const { province_code: province } of known) {
    const [row] = await tx.rows<ErasedRow>(erase, [province, id, context.at]);
    if (row?.outcome === 'HELD') {
      await context.transactions.rollback();
      await enter(await context.transaction(), context, { action: 'citizen.erase-refused', province, id, reason });
      return { kind: 'HELD' };
    }
    if (row?.outcome === 'ERASED')
      await enter(tx, context, { action: 'citizen.erase', province, id, reason, detail: proofOf(row) });
    if (row && row.outcome !== 'UNKNOWN') erased.push(row);
  }
  return sum(erased);
}

function sum(erased: ErasedRow[]): Erasure {
  const [first] = erased;
  if (!first) return { kind: 'UNKNOWN' };
  const declarations = erased.reduce((count, row) => count + row.declarations, 0);
  return { kind: 'ERASED', erasedAt: first.erased_at, declarations };
}

/** How many declarations went and the digest of their ids: enough to prove it, nothing of the person. */
const proofOf = ({ declarations, ids_digest }: ErasedRow) => ({
  declarations,
  digest: ids_digest?.toString('hex') ?? null,
});

interface Entered {
  action: string;
  province: string;
  id: string;
  reason: string;
  detail?: Record<string, unknown>;
}

async function enter(
  tx: Transaction,
  context: Context,
  { action, province, id, reason, detail = {} }: Entered,
): Promise<void> {
  const viewer = signedIn(context);
  await writeAudit(tx, {
    provinceCode: province,
    actorId: viewer.accountId,
    role: viewer.roles.join(),
    unitId: viewer.jurisdiction.unitId,
    action,
    subjectKind: 'citizen',
    subjectIds: [id],
    reason,
    detail,
  });
}
