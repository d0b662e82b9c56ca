import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { actorLoader } from '../accounts/actor.service.ts';
import type { Locale } from '../platform/graphql/locale.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { AuditEntry } from './audit-entry.entity.ts';

/** What is no account's doing: the nightly jobs, commands at the server, and tries to sign in. */
const withoutAccount: Record<string, Record<Locale, string>> = {
  WORKER: { vi: 'Hệ thống', en: 'The system' },
  OPERATOR: { vi: 'Người vận hành máy chủ', en: 'An operator of the server' },
};
const nobody: Record<Locale, string> = { vi: 'Không ai đăng nhập', en: 'Nobody signed in' };

@Resolver(() => AuditEntry)
export class AuditEntryFields {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @FieldResolver(() => String, {
    description: 'The name of who did it: of an account, of the system, or that nobody was signed in.',
  })
  async actor(@Root() { row }: AuditEntry, @Ctx() context: Context): Promise<string> {
    const actor = row.actor_id ? await context.loaders.of(context, actorLoader).load(row.actor_id) : null;
    return actor?.name ?? (withoutAccount[row.role ?? ''] ?? nobody)[context.locale];
  }

  @FieldResolver(() => AdministrativeUnit, { nullable: true, description: 'Where the account stands.' })
  unit(@Root() { row }: AuditEntry): AdministrativeUnit | null {
    return (row.unit_id && this.#parts.territory.find(row.unit_id)) || null;
  }
}
