/** What can be wrong with a sealed trail, in the words of the report. */
export const findingTexts = {
  ENTRY_CHANGED: 'an entry was changed',
  ENTRIES_REMOVED: 'entries were removed',
  ENTRIES_INSERTED: 'entries were inserted',
  CONTENT_CHANGED: 'entries were exchanged, reordered, or changed with their hashes',
  NO_SUCH_BLOCK: 'entries name a block that is not there',
  BLOCK_MISSING: 'a block was removed',
  BLOCK_CHANGED: 'a block was changed',
  CHAIN_BROKEN: 'a block was replaced',
  UNKNOWN_KEY: 'a block is signed by a key that is not known',
  TAIL_CUT: 'the end of the trail was cut off',
  HEAD_DIFFERS: 'a block is not the one whose head was written outside the database',
  HEAD_CHANGED: 'a head outside the database was changed',
  NO_HEADS: 'there are no heads outside the database',
} as const;
export type FindingKind = keyof typeof findingTexts;

export interface Finding {
  kind: FindingKind;
  province: string;
  block: number;
  detail: string;
}

const mostKept = 1_000;

/** What verifying one province found. Of a trail in ruins only the first findings are kept. */
export class AuditFindings {
  readonly province: string;
  readonly found: Finding[] = [];
  blocks = 0;
  entries = 0;
  late = 0;
  /** Blocks that have no head yet: a worker that crashed, or is just writing them. */
  headsBehind = 0;
  unsealed: { entries: number; oldest: Date | null } = { entries: 0, oldest: null };

  constructor(province: string) {
    this.province = province;
  }

  add(kind: FindingKind, block: number, detail: string): void {
    if (this.found.length < mostKept) this.found.push({ kind, province: this.province, block, detail });
  }
}
