import type { PickedUnit } from '../../ui/picked-unit.ts';

/** How a unit stands in an address: see filter-query.ts. */
export const pathOf = ({ level, code, above }: PickedUnit): string =>
  level === 'COMMUNE' && above[0] ? `${above[0]}-${code}` : code;

/** What of a list the unit narrows it to. */
export const scopeOf = (path: string | undefined): { unitCode: string } | null =>
  path ? { unitCode: codeOf(path) } : null;

/** Its code, or its id where that stands there. */
export const codeOf = (path: string): string => (path.includes('@') ? path : (path.split('-').at(-1) ?? path));
