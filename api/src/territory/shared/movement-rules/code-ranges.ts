/**
 * Unit codes as runs between two of them ("16438-16516"), each standing for every code of that length that there is in
 * between: a province of 559 communes is a handful. A device knows no tree of units.
 */
export function rangesOf(all: readonly string[], isHeld: (code: string) => boolean): string[] {
  const sorted = [...new Set(all)].sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  const ranges: Array<{ from: string; to: string }> = [];
  let open: { from: string; to: string } | undefined;
  for (const code of sorted) {
    if (open && open.to.length !== code.length) open = undefined;
    if (!isHeld(code)) open = undefined;
    else if (open) open.to = code;
    else ranges.push((open = { from: code, to: code }));
  }
  return ranges.map(({ from, to }) => (from === to ? from : `${from}-${to}`));
}

export function isWithin(code: string, ranges: readonly string[]): boolean {
  return ranges.some((range) => {
    const [from = '', to = from] = range.split('-');
    return code.length === from.length && from <= code && code <= to;
  });
}
