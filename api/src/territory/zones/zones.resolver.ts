import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/dates.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { holdsOn } from '../shared/movement-rules/levels.ts';
import type { Territory } from '../territory.service.ts';
import { readZone } from './read-zone.ts';
import { saveZone } from './save-zone.ts';
import { isAbout, showZone } from './show-zone.ts';
import { EpidemicZone } from './zone.entity.ts';
import { ZoneInput } from './zone-input.entity.ts';
import { readZones } from './zones.queries.ts';

const usualZones = 50;

@Resolver()
export class ZonesResolver {
  readonly #territory: () => Territory;
  readonly #reload: () => Promise<void>;

  constructor(territory: () => Territory, reload: () => Promise<void>) {
    this.#territory = territory;
    this.#reload = reload;
  }

  @Query(() => [EpidemicZone], {
    complexity: ({ childComplexity }) => 1 + usualZones * childComplexity,
    description:
      'The zones that touch your jurisdiction, by their first day: all of them, also past and coming ones, with the rules that stand; with `at` those of that day, with the rules in force at its end.',
  })
  async zones(
    @Ctx() context: Context,
    @Arg('at', () => LocalDate, { nullable: true, description: 'Only those in force on this day in Viet Nam.' })
    at: string | null,
  ): Promise<EpidemicZone[]> {
    const scope = permit(context, 'zone.read');
    const viewer = signedIn(context);
    const end = at === null ? null : new Date(`${at}T23:59:59.999+07:00`);
    const territory = this.#territory();
    return (await readZones(await context.transaction()))
      .filter((zone) => isAbout(zone, scope, viewer.jurisdiction.unitId, territory))
      .filter((zone) => at === null || holdsOn(zone, at))
      .map((zone) => showZone(zone, { viewer, territory, at: end }));
  }

  @Mutation(() => EpidemicZone, {
    description:
      'Creates a zone, or makes the one with this id as sent; sent twice it happens once. Rules that differ become new versions, those left out end. Passes already out are judged by it at their next scan. BAD_USER_INPUT names each field (entryRules.0.logic); NOT_FOUND for a zone that lies outside your jurisdiction, also in part. Audited.',
  })
  async saveZone(
    @Ctx() context: Context,
    @Arg('input', () => ZoneInput, { description: 'All of it, also where only a part changes.' }) input: ZoneInput,
  ): Promise<EpidemicZone> {
    const [scope, viewer, territory] = [permit(context, 'zone.save'), signedIn(context), this.#territory()];
    const { at } = context;
    const draft = readZone(input, { scope, territory, at });
    const { zone, changed } = await saveZone(await context.transaction(), { viewer, scope, at, territory }, draft);
    if (changed) context.transactions.afterCommit(this.#reload);
    return showZone(zone, { viewer, territory, at: null });
  }
}
