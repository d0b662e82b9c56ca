import { getFragmentData, type FragmentType } from '../../gql/admin/fragment-masking.ts';
import { LiveCountsFragmentDoc, LiveTickFragmentDoc } from '../../gql/admin/graphql.ts';
import type { LiveCountsFragment, LiveTickFragment } from '../../gql/admin/graphql.ts';

export type CheckpointRow = LiveTickFragment['checkpoints'][number];
export type AlertRow = LiveTickFragment['alerts'][number];
export type RecentRow = LiveTickFragment['recent'][number];

/** What the wall shows of the ticks: the last one of each checkpoint, and of everything else the last one. */
export interface Picture {
  at: string;
  degraded: boolean;
  total: LiveCountsFragment;
  checkpoints: ReadonlyMap<string, CheckpointRow>;
  alerts: readonly AlertRow[];
  recent: readonly RecentRow[];
}

const MOST_RECENT = 20;

/**
 * The picture with a tick taken in. Numbers are whole, so that a tick taken twice changes nothing and one that was missed is made
 * good by the next whole one; what is older than what stands there already is left.
 */
export function takeTick(before: Picture | null, masked: FragmentType<typeof LiveTickFragmentDoc>): Picture | null {
  const tick = getFragmentData(LiveTickFragmentDoc, masked);
  if (before && tick.at <= before.at) return before;
  if (!before && !tick.whole) return null;
  const rows = tick.checkpoints.map((row) => [row.checkpoint.id, row] as const);
  return {
    at: tick.at,
    degraded: tick.degraded,
    total: getFragmentData(LiveCountsFragmentDoc, tick.total),
    checkpoints: new Map(tick.whole ? rows : [...(before?.checkpoints ?? []), ...rows]),
    alerts: tick.alerts,
    recent: newest([...tick.recent, ...(before?.recent ?? [])]),
  };
}

function newest(passages: readonly RecentRow[]): RecentRow[] {
  const each = new Map(passages.map((passage) => [passage.id, passage]));
  return [...each.values()].sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1)).slice(0, MOST_RECENT);
}

/** "Chốt Dốc Xây" of "Chốt Dốc Xây (QL1A, giáp Ninh Bình)": what can be read across a room. */
export const shortName = ({ name }: { name: string }): string => name.replace(/\s*\([^()]*\)$/, '');

export const alertKey = ({ kind, checkpoint }: AlertRow): string => `${kind} ${checkpoint.id}`;
