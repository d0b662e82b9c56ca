import { Arg, Ctx, Int, Query, Resolver, Subscription } from 'type-graphql';
import { badInput } from '../platform/graphql/problems.ts';
import { Feed, fromFeed } from '../platform/sockets/feed.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { ScopeInput } from '../checkpoints/scope-input.entity.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import { checkpointsInScope } from '../checkpoints/checkpoints.service.ts';
import { countPendingChecks } from '../registry/verifications.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { dayMs, keptMinutes, midnightBefore, minuteMs, minuteOf } from './local-day.ts';
import { officersOnDuty, passagesBetween, recentPassages, takePicture } from './picture.queries.ts';
import { OfficerOnDuty } from './officer-on-duty.entity.ts';
import { checkpointTraffic, mostRecent, showPassages, totalOf } from './tick.ts';
import { TrafficBook } from './traffic-book.ts';
import { TrafficFlow, TrafficMinute } from './traffic-flow.entity.ts';
import { TrafficTick } from './traffic-tick.entity.ts';

const mostOfficers = 200;
const scopeText = 'Only a part of your jurisdiction.';

@Resolver()
export class TrafficResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => TrafficTick, {
    description:
      'The full picture now: to begin with, and after a reconnect. Subscribe first; then nothing is missed, and by `at` nothing is counted twice.',
  })
  async traffic(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: scopeText }) part: ScopeInput | null,
  ): Promise<TrafficTick> {
    const { tx, scope, checkpoints, now } = await this.#asked(context, part);
    const picture = await takePicture(tx, scope.provinces, now);
    const book = TrafficBook.of(picture.rows, now);
    const all = checkpoints.map((checkpoint) => {
      const known = book.at(checkpoint.id);
      return checkpointTraffic(checkpoint, known, known.today, now);
    });
    const byId = new Map(checkpoints.map((checkpoint) => [checkpoint.id, checkpoint]));
    const latest = await recentPassages(tx, scope.provinces, [...byId.keys()], mostRecent, now);
    return Object.assign(new TrafficTick(), {
      at: context.at,
      seconds: Math.round((now - midnightBefore(now)) / 1_000),
      whole: true,
      total: totalOf(all, 0),
      checkpoints: all,
      recent: showPassages(latest, byId),
      dropped: 0,
      alerts: [],
      degraded: false,
    });
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
    const { tx, scope, checkpoints, now } = await this.#asked(context, part);
    const book = TrafficBook.of((await takePicture(tx, scope.provinces, now)).rows, now);
    const ids = checkpoints.map(({ id }) => id);
    const yesterday = now - dayMs;
    const before = await passagesBetween(tx, scope.provinces, ids, midnightBefore(yesterday), yesterday);
    return Object.assign(new TrafficFlow(), {
      at: context.at,
      minutes: minutesOf(book, ids, minutes, now),
      yesterdayIn: before.in,
      yesterdayOut: before.out,
      verificationsPending: await countPendingChecks(tx, scope),
    });
  }

  @Query(() => [OfficerOnDuty], {
    description: `Who recorded at these checkpoints in the last 12 hours, the latest first; at most ${mostOfficers}.`,
  })
  async officersOnDuty(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: scopeText }) part: ScopeInput | null,
  ): Promise<OfficerOnDuty[]> {
    const { tx, scope, checkpoints, now } = await this.#asked(context, part);
    const byId = new Map(checkpoints.map((checkpoint) => [checkpoint.id, checkpoint]));
    const rows = await officersOnDuty(tx, scope.provinces, [...byId.keys()], mostOfficers, now);
    return rows.map(({ checkpointId, ...row }) =>
      Object.assign(new OfficerOnDuty(), { ...row, checkpoint: byId.get(checkpointId) }),
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
    const scope = narrowScope(permit(context, 'traffic.watch'), part, this.#parts.territory);
    return new Feed(JSON.stringify(scope), () => () => undefined);
  }

  async #asked(context: Context, part: ScopeInput | null) {
    const scope = narrowScope(permit(context, 'traffic.watch'), part, this.#parts.territory);
    const tx = await context.transaction();
    return { tx, scope, checkpoints: await checkpointsInScope(tx, scope), now: context.at.getTime() };
  }
}

function minutesOf(book: TrafficBook, checkpointIds: readonly string[], minutes: number, now: number): TrafficMinute[] {
  const books = checkpointIds.map((id) => book.at(id));
  const first = minuteOf(now) - minutes + 1;
  return Array.from({ length: minutes }, (_, index) => {
    const minute = first + index;
    const sum = { in: 0, out: 0, refused: 0 };
    for (const one of books) {
      const counts = one.minute(minute);
      sum.in += counts.in;
      sum.out += counts.out;
      sum.refused += counts.refused;
    }
    return Object.assign(new TrafficMinute(), { at: new Date(minute * minuteMs), ...sum });
  });
}
