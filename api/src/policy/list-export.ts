import { writeAudit } from '../platform/audit/audit.ts';
import type { Page } from '../platform/graphql/connection.ts';
import { permit, signedIn, type Action } from './policy.ts';
import type { Context } from './viewer.ts';

export const forExportText =
  'True where the rows are written to a file: entered in the audit trail with the first page, before a row leaves. FORBIDDEN for who may only look.';

interface ListExport {
  list: string;
  /** Who may: of lists in general, unless the list has an action of its own. */
  action?: Action;
  page: Pick<Page, 'after'>;
  /** Names of fields, codes, days and ids; of what a person typed only that it was asked for. */
  conditions: Record<string, unknown>;
  count: () => Promise<number | null> | number;
}

/** Enters an export of a list once, with what was asked for and how many rows that finds. */
export async function enterListExport(
  context: Context,
  { list, action = 'list.export', page, conditions, count }: ListExport,
): Promise<void> {
  permit(context, action);
  if (page.after !== null) return;
  const { accountId, roles, jurisdiction } = signedIn(context);
  const [province = 'VN'] = jurisdiction.provinces;
  const asked = Object.entries(conditions).filter(([, value]) => value !== null && value !== undefined);
  await writeAudit(await context.transaction(), {
    provinceCode: province,
    actorId: accountId,
    role: roles.join(','),
    unitId: jurisdiction.unitId,
    action,
    detail: { list, conditions: Object.fromEntries(asked), rows: await count() },
  });
}
