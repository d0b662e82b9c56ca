import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { readPage, toConnection } from '../platform/graphql/connection.ts';
import { enterListExport, forExportText } from '../policy/list-export.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { AuditConnection, AuditEntry } from './audit-entry.entity.ts';
import { AuditFilter } from './audit-filter.input.ts';
import { AuditSealing } from './audit-sealing.entity.ts';
import { countAuditEntries, lastBlocksIn, listAuditEntries } from './audit.queries.ts';

@Resolver()
export class AuditTrailResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => AuditConnection, {
    description: 'What the accounts of your jurisdiction did, and what was refused to them, newest first.',
  })
  async auditTrail(
    @Ctx() context: Context,
    @Arg('filter', () => AuditFilter, { description: 'Which entries.' }) filter: AuditFilter,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
    @Arg('forExport', () => Boolean, { nullable: true, defaultValue: false, description: forExportText })
    forExport: boolean,
  ): Promise<AuditConnection> {
    const scope = permit(context, 'audit.read');
    const page = readPage(first, after, { list: 'auditTrail', key: ['time', 'id'] });
    checkIds({ 'filter.actorId': filter.actorId, 'filter.subject': filter.subject });
    const tx = await context.transaction();
    const count = () => countAuditEntries(tx, scope, filter);
    if (forExport) await enterListExport(context, { list: 'auditTrail', page, conditions: { ...filter }, count });
    const rows = await listAuditEntries(tx, scope, filter, page);
    return toConnection(
      page,
      rows.map((row) => new AuditEntry(row)),
      ({ row }) => [row.at.toISOString(), row.id],
      count,
    );
  }

  @Query(() => [AuditSealing], {
    description: 'How far the audit trail is sealed, for each province of your jurisdiction that has a sealed block.',
  })
  async auditSealing(@Ctx() context: Context): Promise<AuditSealing[]> {
    const scope = permit(context, 'audit.read');
    const blocks = await lastBlocksIn(await context.transaction(), scope);
    return blocks.map(({ province_code, number, sealed_at, to_at, entries, late, key_id }) =>
      Object.assign(new AuditSealing(), {
        unit: this.#parts.territory.bearer(province_code),
        block: number,
        sealedAt: sealed_at,
        sealedTo: to_at,
        entries,
        late,
        keyId: key_id,
      }),
    );
  }
}
