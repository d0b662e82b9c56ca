import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import type { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { addCounts, noCounts, type Counts } from './counts.ts';
import type { RecentPassage } from './picture.queries.ts';
import type { Beat, ProvinceTraffic } from './province-traffic.ts';
import type { TrafficAlert } from './traffic-alert.entity.ts';
import { CheckpointTraffic, TrafficPassage, TrafficTick, TrafficTotal } from './traffic-tick.entity.ts';

/** The checkpoints of a province that somebody watches. */
export interface Watched {
  province: ProvinceTraffic;
  checkpoints: readonly Checkpoint[];
}

interface Moment {
  now: number;
  degraded: boolean;
  alerts: readonly TrafficAlert[];
}

/** As many of the latest passages as a tick shows. */
export const mostRecent = 20;

const nobody = noCounts();

/** What changed since the tick before, with whole numbers. */
export function tickOf(
  watched: readonly Watched[],
  beats: readonly Beat[],
  { seconds, ...moment }: Moment & { seconds: number },
): TrafficTick {
  const rows = watched.map(({ province, checkpoints }, index) =>
    checkpoints.map((one) => trafficAt(one, province, beats[index]?.counts.get(one.id) ?? nobody, moment.now)),
  );
  const changed = rows.flatMap((all, index) => all.filter(({ checkpoint }) => beats[index]?.counts.has(checkpoint.id)));
  const passages = beats.flatMap((beat, index) => inScope(beat.passages, watched[index]));
  return Object.assign(new TrafficTick(), {
    ...common(watched, rows.flat(), moment),
    seconds,
    whole: false,
    checkpoints: changed,
    recent: passages.slice(-mostRecent).reverse(),
    dropped: Math.max(0, passages.length - mostRecent),
  });
}

/** Everything there is to know. */
export function wholeTick(
  watched: readonly Watched[],
  moment: Moment,
  recent?: readonly TrafficPassage[],
): TrafficTick {
  const rows = watched.flatMap(({ province, checkpoints }) =>
    checkpoints.map((one) => trafficAt(one, province, province.book.at(one.id).today, moment.now)),
  );
  const heard = () =>
    watched
      .flatMap((one) => inScope(one.province.recent, one))
      .sort((a, b) => b.occurredAt.getTime() - a.occurredAt.getTime());
  return Object.assign(new TrafficTick(), {
    ...common(watched, rows, moment),
    seconds: Math.round((moment.now - midnightBefore(moment.now)) / 1_000),
    whole: true,
    checkpoints: rows,
    recent: (recent ?? heard()).slice(0, mostRecent),
    dropped: 0,
  });
}

function common(watched: readonly Watched[], rows: readonly CheckpointTraffic[], { now, degraded, alerts }: Moment) {
  const midnight = midnightBefore(now);
  const hits = watched.flatMap(({ province, checkpoints }) => {
    const ids = new Set(checkpoints.map(({ id }) => id));
    return province.taken.hits.filter(({ checkpointId, at }) => ids.has(checkpointId) && at.getTime() >= midnight);
  });
  return { at: new Date(now), total: totalOf(rows, hits.length), alerts, degraded };
}

function trafficAt(checkpoint: Checkpoint, { book }: ProvinceTraffic, tick: Readonly<Counts>, now: number) {
  const known = book.at(checkpoint.id);
  const { today, lastPassageAt } = known;
  return Object.assign(new CheckpointTraffic(), {
    checkpoint,
    ...tick,
    todayIn: today.in,
    todayOut: today.out,
    todayRefused: today.refused,
    todayFlagged: today.flagged,
    lastHour: known.lastHour(now),
    lastPassageAt: lastPassageAt === null ? null : new Date(lastPassageAt),
  });
}

function totalOf(rows: readonly CheckpointTraffic[], todayWatchListHits: number): TrafficTotal {
  const [tick, today] = [noCounts(), noCounts()];
  let lastHour = 0;
  for (const row of rows) {
    addCounts(tick, row);
    addCounts(today, { in: row.todayIn, out: row.todayOut, refused: row.todayRefused, flagged: row.todayFlagged });
    lastHour += row.lastHour;
  }
  return Object.assign(new TrafficTotal(), {
    ...tick,
    todayIn: today.in,
    todayOut: today.out,
    todayRefused: today.refused,
    todayFlagged: today.flagged,
    lastHour,
    todayWatchListHits,
  });
}

function inScope(passages: readonly RecentPassage[], watched: Watched | undefined): TrafficPassage[] {
  const checkpoints = new Map(watched?.checkpoints.map((checkpoint) => [checkpoint.id, checkpoint]));
  return showPassages(passages, checkpoints);
}

/** As a reader sees them; those of other checkpoints are left out. */
export function showPassages(
  passages: readonly RecentPassage[],
  checkpoints: ReadonlyMap<string, Checkpoint>,
): TrafficPassage[] {
  return passages.flatMap(({ checkpointId, ...passage }) => {
    const checkpoint = checkpoints.get(checkpointId);
    return checkpoint ? [Object.assign(new TrafficPassage(), { ...passage, checkpoint })] : [];
  });
}
