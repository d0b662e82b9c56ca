import type { UnitLevel } from '../unit.entity.ts';

/** A unit as the file of a reform has it: the state of the country on its first day. */
export interface FileUnit {
  line: number;
  code: string;
  name: string;
  fullName: string;
  level: Exclude<UnitLevel, 'NATION'>;
  /** Code of the unit above; null for a province. */
  parent: string | null;
}

/** Which commune became which, or part of which: a row a pair. Without an old commune it is the district that became one. */
export interface FileMapping {
  file: string;
  line: number;
  oldProvince: string;
  oldDistrict: string;
  oldCommune: string;
  newProvince: string;
  newCommune: string;
}

/** A unit as it stands in the database. */
export interface StoredUnit {
  unitId: string;
  code: string;
  name: string;
  fullName: string;
  level: UnitLevel;
  parentId: string | null;
  provinceCode: string;
  validFrom: string;
  validTo: string | null;
}

export interface Successor {
  unitId: string;
  successorId: string;
}

export const unmappedKinds = [
  'OLD_WITHOUT_SUCCESSOR',
  'NEW_WITHOUT_PREDECESSOR',
  'UNKNOWN_OLD_UNIT',
  'UNKNOWN_NEW_UNIT',
] as const;

/** What the files do not say, or say of units that nobody knows: reported, never guessed. */
export interface Unmapped {
  kind: (typeof unmappedKinds)[number];
  /** Where the mapping says it. */
  file: string | null;
  line: number | null;
  code: string;
  name: string;
}

export interface ReformPlan {
  ended: StoredUnit[];
  begun: StoredUnit[];
  successors: Successor[];
  unmapped: Unmapped[];
}

export interface FileProblem {
  file: string;
  line: number | null;
  field: string | null;
  problem: string;
}

const mostTold = 50;

/** The files can't be used as they are: nothing was changed. */
export class ReformRefused extends Error {
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[]) {
    const lines = problems.slice(0, mostTold).map((one) => `${place(one)}: ${one.problem}`);
    const more = problems.length - lines.length;
    super([...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
    this.problems = problems;
  }
}

const place = ({ file, line, field }: FileProblem) =>
  [file, line === null ? null : `line ${line}`, field].filter((part) => part !== null).join(', ');
