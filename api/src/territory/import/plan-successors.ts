import type { FileMapping, StoredUnit, Successor, Unmapped } from './reform.ts';

interface Sides {
  /** The units of the day before, by code. */
  old: Map<string, StoredUnit>;
  /** The units of the day, by code. */
  next: Map<string, StoredUnit>;
  /** Those of the day before that are there no more. */
  gone: StoredUnit[];
  day: string;
  known: readonly Successor[];
}

const keyOf = ({ unitId, successorId }: Successor) => `${unitId} ${successorId}`;

/** What became of what, by the mapping, and what it leaves open. */
export function planSuccessors(
  sides: Sides,
  mappings: FileMapping[],
): { successors: Successor[]; unmapped: Unmapped[] } {
  const pairs = new Map<string, Successor>();
  const unmapped: Unmapped[] = [];
  for (const row of mappings) {
    for (const [before, after] of pairsOf(row)) {
      const [unit, successor] = [sides.old.get(before), sides.next.get(after)];
      if (!unit) unmapped.push({ kind: 'UNKNOWN_OLD_UNIT', file: row.file, line: row.line, code: before, name: '' });
      if (!successor)
        unmapped.push({ kind: 'UNKNOWN_NEW_UNIT', file: row.file, line: row.line, code: after, name: '' });
      if (!unit || !successor || unit === successor) continue;
      const pair = { unitId: unit.unitId, successorId: successor.unitId };
      pairs.set(keyOf(pair), pair);
    }
  }
  const known = new Set(sides.known.map(keyOf));
  return {
    successors: [...pairs].flatMap(([key, pair]) => (known.has(key) ? [] : [pair])),
    unmapped: [...onceEach(unmapped), ...leftOpen(sides, [...sides.known, ...pairs.values()])],
  };
}

const pairsOf = (row: FileMapping): Array<[string, string]> => [
  [row.oldProvince, row.newProvince],
  [row.oldCommune || row.oldDistrict, row.newCommune],
];

/** A province that nobody knows stands in hundreds of lines: the first is enough. */
function onceEach(unmapped: Unmapped[]): Unmapped[] {
  const seen = new Set<string>();
  return unmapped.filter(({ kind, code, line }) => {
    const key = `${kind} ${code.length === 2 ? code : `${code} ${line}`}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A district needs no mapping of its own: what became of it is what became of its communes. */
function leftOpen({ gone, next, day }: Sides, pairs: readonly Successor[]): Unmapped[] {
  const [from, to] = [new Set(pairs.map(({ unitId }) => unitId)), new Set(pairs.map(({ successorId }) => successorId))];
  const above = new Set(gone.map(({ parentId }) => parentId));
  const lost = gone.filter(({ unitId, level }) => !from.has(unitId) && !(level === 'DISTRICT' && above.has(unitId)));
  const fresh = [...next.values()].filter(({ unitId, validFrom }) => validFrom === day && !to.has(unitId));
  return [...lost.map(told('OLD_WITHOUT_SUCCESSOR')), ...fresh.map(told('NEW_WITHOUT_PREDECESSOR'))];
}

const told =
  (kind: Unmapped['kind']) =>
  ({ unitId, fullName }: StoredUnit): Unmapped => ({ kind, file: null, line: null, code: unitId, name: fullName });
