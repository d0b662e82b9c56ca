import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, readPage, toConnection } from '../../platform/graphql/connection.ts';
import { notFound } from '../../platform/graphql/problems.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { enterListExport, forExportText } from '../../policy/list-export.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { Actor } from '../../accounts/actor.entity.ts';
import { actorLoader } from '../../accounts/actor.service.ts';
import { Checkpoint } from '../../checkpoints/checkpoint.entity.ts';
import { checkpointLoader } from '../../checkpoints/checkpoints.service.ts';
import { ScopeInput } from '../../checkpoints/scope-input.entity.ts';
import { codesOf } from '../../checkpoints/scope.service.ts';
import { Declaration } from '../../declarations/declaration.entity.ts';
import { viewFor, type Parts } from '../../declarations/declarations.service.ts';
import { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { Arrival } from './arrival.entity.ts';
import { ArrivalList, type ArrivalRow } from './arrival.row.ts';
import { countArrivals, listArrivals, sortedAt } from './arrivals.queries.ts';
import { narrowArrivals } from './narrow-arrivals.ts';
import { reportArrival } from './report-arrival.ts';

const ArrivalConnection = connectionOf('Arrival', () => Arrival);
type ArrivalConnection = InstanceType<typeof ArrivalConnection>;

/** Who comes to a unit and who has come, for those who receive them. */
@Resolver(() => Arrival)
export class ArrivalsResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => ArrivalConnection, {
    description:
      'Those whose declared destination lies in your jurisdiction: who is coming by when they declared, the others by when they came, newest first, masked. Passages are in it some seconds after they were recorded.',
  })
  async arrivals(
    @Ctx() context: Context,
    @Arg('list', () => ArrivalList, { description: 'Which of them.' }) list: ArrivalList,
    @Arg('scope', () => ScopeInput, {
      nullable: true,
      description: 'Only with a destination in this unit; checkpointIds are not asked for here.',
    })
    part: ScopeInput | null,
    @Arg('zoneId', () => ID, {
      nullable: true,
      description: 'Only with a destination in this epidemic zone: with INSIDE, who is in it now by the last passages.',
    })
    zoneId: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
    @Arg('forExport', () => Boolean, { nullable: true, defaultValue: false, description: forExportText })
    forExport: boolean,
  ): Promise<ArrivalConnection> {
    const { within, asked } = narrowArrivals(context, this.#parts.territory, { part, zoneId });
    const page = readPage(first, after, { list: `arrivals ${list}`, key: ['time', 'id'] });
    const tx = await context.transaction();
    const rows = await listArrivals(tx, within, { ...asked, list }, page);
    const count = () => countArrivals(tx, within, { ...asked, list });
    if (forExport) {
      const conditions = { ...codesOf(part), arrivals: list, zoneId };
      await enterListExport(context, { list: 'arrivals', page, conditions, count });
    }
    return toConnection(
      page,
      rows.map((row) => this.#show(context, row)),
      ({ row }) => [sortedAt({ ...asked, list }, row).toISOString(), row.id],
      count,
    );
  }

  @Mutation(() => Arrival, {
    description:
      'Enters that somebody reported in at the destination, or takes it back. Done again it changes nothing. NOT_FOUND outside your jurisdiction. Audited.',
  })
  async reportArrival(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The arrival.' }) id: string,
    @Arg('reported', () => Boolean, { description: 'False takes it back.' }) reported: boolean,
  ): Promise<Arrival> {
    const scope = permit(context, 'arrival.report');
    if (uuid7Time(id) === null) throw notFound();
    const by = { viewer: signedIn(context), scope, at: context.at };
    return this.#show(context, await reportArrival(await context.transaction(), by, id, reported));
  }

  @FieldResolver(() => AdministrativeUnit, { description: 'The commune of the declared destination.' })
  unit(@Root() { row }: Arrival): AdministrativeUnit {
    return this.#parts.territory.byId(row.destination_address_unit_id);
  }

  @FieldResolver(() => Checkpoint, {
    nullable: true,
    description: 'Where the person first passed in; null where no passage was recorded.',
  })
  async cameThrough(@Root() { row }: Arrival, @Ctx() context: Context): Promise<Checkpoint | null> {
    return row.came_through === null ? null : context.loaders.of(context, checkpointLoader).load(row.came_through);
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who entered that they reported in.' })
  async reportedBy(@Root() { row }: Arrival, @Ctx() context: Context): Promise<Actor | null> {
    return row.reported_by === null ? null : context.loaders.of(context, actorLoader).load(row.reported_by);
  }

  #show(context: Context, row: ArrivalRow): Arrival {
    return new Arrival(row, new Declaration(row, viewFor(this.#parts, context), false), context.at);
  }
}
