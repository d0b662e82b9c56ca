import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { notFound } from '../../platform/graphql/problems.ts';
import { coversUnit, permit, signedIn, type Scope } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { saveThresholds } from './save-thresholds.ts';
import { TrafficThresholds, TrafficThresholdsInput } from './thresholds.entity.ts';
import { thresholdsOf } from './thresholds-of.ts';
import { readThresholds } from './thresholds.queries.ts';

@Resolver()
export class ThresholdsResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => TrafficThresholds, {
    description: 'From when on something is an alert in a unit of your jurisdiction. NOT_FOUND for another one.',
  })
  async trafficThresholds(
    @Ctx() context: Context,
    @Arg('unitCode', () => String, {
      nullable: true,
      description: 'Official code, as of today; the unit that you stand at when absent.',
    })
    unitCode: string | null,
  ): Promise<TrafficThresholds> {
    const unit = this.#unitOf(context, permit(context, 'traffic.watch'), unitCode);
    return this.#show(context, unit);
  }

  @Mutation(() => TrafficThresholds, {
    description:
      'Sets them for the checkpoints of a unit and of those below it for which nothing nearer is set. BAD_USER_INPUT names each field; NOT_FOUND for a unit outside your jurisdiction. Audited.',
  })
  async saveTrafficThresholds(
    @Ctx() context: Context,
    @Arg('input', () => TrafficThresholdsInput, { description: 'All of it.' }) input: TrafficThresholdsInput,
  ): Promise<TrafficThresholds> {
    const unit = this.#unitOf(context, permit(context, 'traffic.thresholds'), input.unitCode);
    const by = { viewer: signedIn(context), at: context.at };
    await saveThresholds(await context.transaction(), by, unit, input);
    return this.#show(context, unit);
  }

  #unitOf(context: Context, scope: Scope, code: string | null): AdministrativeUnit {
    const { territory } = this.#parts;
    const { jurisdiction } = signedIn(context);
    const unit = code === null ? territory.today(jurisdiction.unitId) : territory.byCode(code);
    if (!unit) throw notFound();
    const isOwn = unit.id === territory.today(jurisdiction.unitId).id;
    if (!isOwn && !coversUnit(scope, unit)) throw notFound();
    return unit;
  }

  async #show(context: Context, unit: AdministrativeUnit): Promise<TrafficThresholds> {
    const set = await readThresholds(await context.transaction());
    const { setFor, thresholds } = thresholdsOf(set, this.#parts.territory, unit);
    return Object.assign(new TrafficThresholds(), { unit, setFor, ...thresholds });
  }
}
