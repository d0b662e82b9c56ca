import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Access } from '../audit/access.entity.ts';
import { accessLoader } from '../audit/accesses.service.ts';
import { badInput } from '../platform/graphql/problems.ts';
import type { Context } from '../policy/viewer.ts';
import type { Parts } from './declarations.service.ts';
import { Receipt } from './declaration-results.entity.ts';

const most = 100;

@Resolver(() => Receipt)
export class ReceiptAccessFields {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @FieldResolver(() => [Access], {
    description:
      'Who looked at this declaration, the newest first: role and unit, no officer’s name. A look is here within a minute.',
  })
  async accesses(
    @Root() { declaration: { row } }: Receipt,
    @Ctx() context: Context,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
  ): Promise<Access[]> {
    if (first < 1 || first > most) throw badInput({ first: { vi: `Từ 1 đến ${most}.`, en: `From 1 to ${most}.` } });
    const { province_code: provinceCode, id: subjectId, occurred_at: since } = row;
    const looks = await context.loaders.of(context, accessLoader).load({ provinceCode, subjectId, since, first });
    return (looks ?? []).map(({ unit_id, ...look }) => ({ ...look, unit: this.#parts.territory.byId(unit_id) }));
  }
}
