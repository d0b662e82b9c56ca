import { read, write } from '../../session/locale.ts';

/** Ids of open passes to stop: they tell nobody who it is, so that they may lie on the device as they are. */
interface StopList {
  at: string;
  stop: string[];
}

const KEY = 'cordon.officer.stop-list';
let kept: ReadonlySet<string> | null = null;

/** Whether a pass is of somebody on the watch list, as far as this device knows. */
export function isToStop(declarationId: string): boolean {
  kept ??= new Set((JSON.parse(read(KEY) ?? 'null') as StopList | null)?.stop);
  return kept.has(declarationId);
}

/** What `checkpointBundle` answered. */
export function keepStops(bundle: Record<string, unknown>): void {
  const list = { at: String(bundle['at']), stop: (bundle['stop'] as string[] | undefined) ?? [] };
  kept = new Set(list.stop);
  write(KEY, JSON.stringify(list));
}
