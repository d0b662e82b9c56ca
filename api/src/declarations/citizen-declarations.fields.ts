import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { readPage, toConnection } from '../platform/graphql/connection.ts';
import { reachOf } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { Citizen, CitizenView } from '../people/citizen.entity.ts';
import { DeclarationConnection } from './declaration.connection.ts';
import { Declaration } from './declaration.entity.ts';
import { viewFor, type Parts } from './declarations.service.ts';
import { declarationCountLoader, declarationsOfPeopleLoader } from './declarations-of-people.ts';

/** People know nothing of declarations: their reverse field lives here. */
@Resolver(() => Citizen)
export class CitizenDeclarationsFields {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @FieldResolver(() => DeclarationConnection, {
    description:
      'Declarations of the person, and of whoever is merged into them, newest first: those that `declarations` would list for you, masked. Empty for who may not list declarations.',
  })
  async declarations(
    @Root() citizen: CitizenView,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<DeclarationConnection> {
    const page = readPage(first, after, { list: 'declarations of a person', key: ['time', 'id'] });
    const { viewer, loaders } = context;
    // Which journeys are of one person is none of a partner's business.
    if (!viewer || viewer.app || !reachOf(viewer, 'declaration.list'))
      return Object.assign(
        new DeclarationConnection(),
        toConnection(page, [], () => []),
      );
    const rows = (await loaders.of(context, declarationsOfPeopleLoader).load({ ...citizen.key, page })) ?? [];
    const view = viewFor(this.#parts, context);
    const shown = rows.map((row) => new Declaration(row, view, false));
    const count = async () => (await loaders.of(context, declarationCountLoader).load(citizen.key))?.total ?? null;
    const keyOf = ({ row }: Declaration) => [row.submitted_at.toISOString(), row.id];
    return Object.assign(new DeclarationConnection(), toConnection(page, shown, keyOf, count));
  }
}
