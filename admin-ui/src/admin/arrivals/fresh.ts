/** What a list shows: its rows from the top, and whether more follow below. */
export interface Shown {
  ids: readonly string[];
  hasMore: boolean;
}

/**
 * How many of the newest rows have come since the list was read. Where others left it, what stood below its end moves up: that is
 * not new, so beneath the last row that is known nothing counts, unless the list was read to its end.
 */
export function countFresh(newest: readonly string[], { ids, hasMore }: Shown): number {
  const known = new Set(ids);
  const last = newest.findLastIndex((id) => known.has(id));
  const judged = hasMore && last >= 0 ? newest.slice(0, last) : newest;
  return judged.filter((id) => !known.has(id)).length;
}
