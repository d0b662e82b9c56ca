import type { ReformPlan, StoredUnit, Unmapped } from './reform.ts';

const kinds: Record<Unmapped['kind'], string> = {
  OLD_WITHOUT_SUCCESSOR: 'units end, and no row says what became of them',
  NEW_WITHOUT_PREDECESSOR: 'units begin, and no row says what they were',
  UNKNOWN_OLD_UNIT: 'rows begin from a unit that is not known here',
  UNKNOWN_NEW_UNIT: 'rows lead to a unit that the units file does not have',
};
const mostShown = 12;

/** What an import did, or would do, for the operator to read. */
export function summaryOf(plan: ReformPlan, day: string): string[] {
  const { ended, begun, successors, unmapped } = plan;
  const changes = ended.length + begun.length + successors.length;
  const did =
    changes === 0
      ? [`Nothing to change: these units hold from ${day} already.`]
      : [
          `From ${day}: ${levelsOf(ended)} end, ${levelsOf(begun)} begin; ${successors.length} successions, ${split(plan)} units split.`,
        ];
  const open = (Object.keys(kinds) as Array<Unmapped['kind']>).flatMap((kind) => {
    const those = unmapped.filter((one) => one.kind === kind);
    return those.length > 0 ? [`  ${those.length} ${kinds[kind]} (${kind}): ${shown(those)}`] : [];
  });
  return [...did, ...(open.length > 0 ? ['Not mapped:', ...open] : ['Everything is mapped.'])];
}

/** Everything that did not map, as CSV. */
export const reportOf = ({ unmapped }: ReformPlan): string =>
  [
    ['kind', 'file', 'line', 'code', 'name'],
    ...unmapped.map((one) => [one.kind, one.file, one.line, one.code, one.name]),
  ]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');

const quoted = (value: string | number | null) => {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function levelsOf(units: StoredUnit[]): string {
  const words = { PROVINCE: 'provinces', DISTRICT: 'districts', COMMUNE: 'communes' } as const;
  return (Object.keys(words) as Array<keyof typeof words>)
    .map((level) => `${units.filter((unit) => unit.level === level).length} ${words[level]}`)
    .join(', ');
}

function split({ successors }: ReformPlan): number {
  const heirs = new Map<string, number>();
  for (const { unitId } of successors) heirs.set(unitId, (heirs.get(unitId) ?? 0) + 1);
  return [...heirs.values()].filter((count) => count > 1).length;
}

function shown(those: Unmapped[]): string {
  const first = those
    .slice(0, mostShown)
    .map(({ line, code, name }) => [line === null ? '' : `line ${line}:`, code, name].filter(Boolean).join(' '));
  const more = those.length - first.length;
  return `${first.join('; ')}${more > 0 ? `; and ${more} more (--report FILE)` : ''}`;
}
