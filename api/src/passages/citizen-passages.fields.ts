import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { readPage, toConnection } from '../platform/graphql/connection.ts';
import { reachOf } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { keepCheckpoints } from '../checkpoints/checkpoints.service.ts';
import { Citizen, CitizenView } from '../people/citizen.entity.ts';
import { Passage } from './passage.entity.ts';
import { PassageConnection } from './passage.connection.ts';
import { showPassage } from './passage-fields.resolver.ts';
import { passageCountLoader, passagesOfPeopleLoader } from './passages-of-people.ts';

/** People know nothing of passages: their reverse field lives here. */
@Resolver(() => Citizen)
export class CitizenPassagesFields {
  @FieldResolver(() => PassageConnection, {
    description:
      'Passages of the person, and of whoever is merged into them, newest first and as corrected: those that `passages` would list for you. Empty for who may not list passages. Masked, but for the own shift.',
  })
  async passages(
    @Root() citizen: CitizenView,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<PassageConnection> {
    const page = readPage(first, after, { list: 'passages of a person', key: ['time', 'id'] });
    const { viewer, loaders } = context;
    if (!viewer || !reachOf(viewer, 'passage.list'))
      return Object.assign(
        new PassageConnection(),
        toConnection(page, [], () => []),
      );
    const rows = (await loaders.of(context, passagesOfPeopleLoader).load({ ...citizen.key, page })) ?? [];
    keepCheckpoints(
      context,
      rows.map(({ checkpoint }) => checkpoint),
    );
    const count = async () => (await loaders.of(context, passageCountLoader).load(citizen.key))?.total ?? null;
    const shown = rows.map((row) => showPassage(context, row));
    const keyOf = ({ row }: Passage) => [row.occurred_at.toISOString(), row.id];
    return Object.assign(new PassageConnection(), toConnection(page, shown, keyOf, count));
  }
}
