import { Arg, Ctx, Int, Query, Resolver, Subscription } from 'type-graphql';
import { badInput } from '../platform/graphql/problems.ts';
import { fromFeed, type Feed } from '../platform/sockets/feed.ts';
import { permit, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { checkpointsInScope } from '../checkpoints/checkpoints.service.ts';
import { ScopeInput } from '../checkpoints/scope-input.entity.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import { countPendingChecks } from '../registry/verifications.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { flowOf } from './flow.ts';
import { keptMinutes } from './kept-minutes.ts';
import { OfficerOnDuty } from './officer-on-duty.entity.ts';
import { officersOnDuty, recentPassages } from './picture.queries.ts';
import { alertsOf, watchedIn } from './scope-watch.ts';
import { mostRecent, showPassages, wholeTick, type Watched } from './tick.ts';
import { TrafficFlow } from './traffic-flow.entity.ts';
import type { TrafficHub } from './traffic-hub.ts';
import { TrafficTick } from './traffic-tick.entity.ts';

const mostOfficers = 200;
const scopeText = 'Only a part of your jurisdiction.';

@Resolver()
export class TrafficResolver {
  readonly #parts: { territory: Territory };
  readonly #hub: TrafficHub;

  constructor(parts: { territory: Territory }, hub: TrafficHub) {
    this.#parts = parts;
    this.#hub = hub;
  }

  @Query(() => TrafficTick, {
    description:
      'The full picture now: to begin with, and after a reconnect. Subscribe first; then nothing is missed, and by `at` nothing is counted twice.',
  })
  async traffic(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: scopeText }) part: ScopeInput | null,
  ): Promise<TrafficTick> {
    const { scope, watched } = await this.#watched(context, part);
    const now = context.at.getTime();
    const checkpoints = new Map(
      watched.flatMap((one) => one.checkpoints.map((checkpoint) => [checkpoint.id, checkpoint])),
    );
    const tx = await context.transaction();
    const latest = await recentPassages(tx, scope.provinces, [...checkpoints.keys()], mostRecent, now);
    const { degraded } = this.#hub;
    return wholeTick(watched, { now, degraded, alerts: alertsOf(watched) }, showPassages(latest, checkpoints));
  }

  @Query(() => TrafficFlow, {
    description: 'The flow by the minute, and what to compare it with: to be asked once a minute.',
  })
  async trafficFlow(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: scopeText }) part: ScopeInput | null,
    @Arg('minutes', () => Int, {
      nullable: true,
      defaultValue: 60,
      description: `How many minutes, the one that runs included: 1 to ${keptMinutes}.`,
    })
    minutes: number,
  ): Promise<TrafficFlow> {
    if (minutes < 1 || minutes > keptMinutes)
      throw badInput({ minutes: { vi: `Từ 1 đến ${keptMinutes} phút.`, en: `From 1 to ${keptMinutes} minutes.` } });
    const { scope, watched } = await this.#watched(context, part);
    const verificationsPending = await countPendingChecks(await context.transaction(), scope);
    return Object.assign(new TrafficFlow(), { ...flowOf(watched, minutes, context.at), verificationsPending });
  }

  @Query(() => [OfficerOnDuty], {
    description: `Who recorded at these checkpoints in the last 12 hours, the latest first; at most ${mostOfficers}.`,
  })
  async officersOnDuty(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: scopeText }) part: ScopeInput | null,
  ): Promise<OfficerOnDuty[]> {
    const scope = this.#scope(context, part);
    const tx = await context.transaction();
    const checkpoints = new Map((await checkpointsInScope(tx, scope)).map((one) => [one.id, one]));
    const rows = await officersOnDuty(tx, scope.provinces, [...checkpoints.keys()], mostOfficers, context.at.getTime());
    return rows.map(({ checkpointId, ...row }) =>
      Object.assign(new OfficerOnDuty(), { ...row, checkpoint: checkpoints.get(checkpointId) }),
    );
  }

  @Subscription(() => TrafficTick, {
    ...fromFeed,
    description:
      'The flow as it happens: at most one tick a second however many pass, and one every ten seconds where nobody does. The first one is whole, and so is one after a reader missed some. Over graphql-ws, at /graphql.',
  })
  checkpointTraffic(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: scopeText }) part: ScopeInput | null,
  ): Feed {
    return this.#hub.feedOf(this.#scope(context, part));
  }

  #scope(context: Context, part: ScopeInput | null): Scope {
    return narrowScope(permit(context, 'traffic.watch'), part, this.#parts.territory);
  }

  async #watched(context: Context, part: ScopeInput | null): Promise<{ scope: Scope; watched: Watched[] }> {
    const scope = this.#scope(context, part);
    const provinces = await this.#hub.provincesOf(scope.provinces);
    return { scope, watched: provinces.map((province) => watchedIn(scope, province)) };
  }
}
