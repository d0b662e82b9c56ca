import type { RuleVersion } from '../shared/movement-rules/evaluate.ts';
import type { ZoneInForce } from '../shared/movement-rules/levels.ts';

/** A zone whole, with every version of its rules there ever was, oldest first. */
export interface Zone extends ZoneInForce {
  id: string;
  name: string;
  unitIds: readonly string[];
  contactName: string | null;
  contactPhone: string | null;
}

/** Those without an end: what is in force, or will be. */
export const standing = (rules: readonly RuleVersion[]): RuleVersion[] =>
  rules.filter(({ endedAt }) => endedAt === null);
