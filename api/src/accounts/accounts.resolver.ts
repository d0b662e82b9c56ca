import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { ScopeInput } from '../checkpoints/scope-input.entity.ts';
import { codesOf, narrowScope } from '../checkpoints/scope.service.ts';
import { connectionOf, readPage, toConnection, toTotal } from '../platform/graphql/connection.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { fold } from '../platform/shared/text.ts';
import { enterListExport, forExportText } from '../policy/list-export.ts';
import { coversUnit, permit } from '../policy/policy.ts';
import type { Context, Role } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { Account, RoleEnum } from './account.entity.ts';
import { accountByName, accountsInScope } from './accounts.queries.ts';
import { usernamePattern } from './read-account.ts';

const AccountConnection = connectionOf('Account', () => Account);
type AccountConnection = InstanceType<typeof AccountConnection>;

@Resolver()
export class AccountsResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => Account, { nullable: true, description: 'One account of your jurisdiction; null outside it.' })
  async account(
    @Ctx() context: Context,
    @Arg('username', () => String, { description: 'The name that it signs in with.' }) username: string,
  ): Promise<Account | null> {
    const scope = permit(context, 'account.read');
    const found = usernamePattern.test(username) ? await accountByName(await context.transaction(), username) : null;
    return found && coversUnit(scope, { id: found.unitId, provinceCode: found.provinceCode }) ? found : null;
  }

  @Query(() => AccountConnection, { description: 'The accounts of your jurisdiction, by user name.' })
  async accounts(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, {
      nullable: true,
      description: 'Only this part; with checkpointIds those assigned there.',
    })
    scope: ScopeInput | null,
    @Arg('role', () => RoleEnum, { nullable: true, description: 'Only with this role.' }) role: Role | null,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Words of the user name or name, diacritics not needed; at most 80 characters.',
    })
    search: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
    @Arg('forExport', () => Boolean, { nullable: true, defaultValue: false, description: forExportText })
    forExport: boolean,
  ): Promise<AccountConnection> {
    const within = narrowScope(permit(context, 'account.read'), scope, this.#parts.territory);
    const page = readPage(first, after, { list: 'accounts', key: ['text'] });
    const words = readSearch(search);
    // Names are compared without diacritics, which the database cannot: a search reads the accounts of the scope whole.
    const most = words.length > 0 ? null : page.first + 1;
    const tx = await context.transaction();
    const accounts = await accountsInScope(tx, within, role, page, most);
    const count = async () => {
      const all = await accountsInScope(tx, within, role, { ...page, after: null }, null);
      return toTotal(all.filter((account) => holds(account, words)).length);
    };
    if (forExport) {
      const conditions = { ...codesOf(scope), role, search: words.length > 0 || null };
      await enterListExport(context, { list: 'accounts', page, conditions, count });
    }
    return toConnection(
      page,
      accounts.filter((account) => holds(account, words)),
      ({ username }) => [username],
      count,
    );
  }
}

function readSearch(search: string | null): string[] {
  if (search && search.length > 80) throw badInput({ search: { vi: 'Tối đa 80 chữ.', en: 'At most 80 characters.' } });
  return fold(search ?? '')
    .split(' ')
    .filter(Boolean);
}

function holds({ username, fullName }: Account, words: string[]): boolean {
  const text = fold(`${username} ${fullName}`);
  return words.every((word) => text.includes(word));
}
