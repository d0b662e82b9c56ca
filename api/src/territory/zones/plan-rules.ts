import { canonical } from '../../platform/shared/canonical.ts';
import type { RuleVersion } from '../shared/movement-rules/evaluate.ts';

export type AppliesTo = 'ENTRY' | 'EXIT';

export type RuleDraft = Pick<RuleVersion, 'id' | 'description' | 'descriptionEnglish' | 'logic' | 'onFailure'> & {
  appliesTo: AppliesTo;
  /** When a change shall begin; null: at once. */
  validFrom: Date | null;
};

/** A version with where it stands: in which list, and at which place of it. */
export interface PlacedRule {
  rule: RuleVersion;
  appliesTo: AppliesTo;
  place: number;
}

export interface RuleChanges {
  ended: Array<{ id: string; version: number; endedAt: string }>;
  added: PlacedRule[];
  /** Unchanged, but at another place of their list. */
  placed: PlacedRule[];
  /** Rules that were left out. */
  dropped: string[];
}

/** A new version only of what changed, the versions before it ended when it begins, and what was left out ended now. */
export function planRules(known: readonly PlacedRule[], drafts: readonly RuleDraft[], at: Date): RuleChanges {
  const changes: RuleChanges = { ended: [], added: [], placed: [], dropped: [] };
  const byId = Map.groupBy(known, ({ rule }) => rule.id);
  const places: Record<AppliesTo, number> = { ENTRY: 0, EXIT: 0 };
  for (const draft of drafts) planRule(changes, byId.get(draft.id) ?? [], draft, places[draft.appliesTo]++, at);
  const kept = new Set(drafts.map(({ id }) => id));
  for (const [id, versions] of byId) {
    if (kept.has(id) || !versions.some(({ rule }) => rule.endedAt === null)) continue;
    changes.ended.push(...endingAt(versions, at));
    changes.dropped.push(id);
  }
  return changes;
}

function planRule(
  changes: RuleChanges,
  versions: readonly PlacedRule[],
  draft: RuleDraft,
  place: number,
  at: Date,
): void {
  const latest = versions.find(({ rule }) => rule.endedAt === null);
  if (latest && isSame(latest, draft, at)) {
    if (latest.place !== place) changes.placed.push({ ...latest, place });
    return;
  }
  const from = startOf(draft, at);
  const { appliesTo, id, description, descriptionEnglish, logic, onFailure } = draft;
  const version = 1 + Math.max(0, ...versions.map(({ rule }) => rule.version));
  const rule = { id, version, description, descriptionEnglish, logic, onFailure };
  changes.ended.push(...endingAt(versions, from));
  changes.added.push({ rule: { ...rule, validFrom: from.toISOString(), endedAt: null }, appliesTo, place });
}

/** A past start means at once: an editor sends back what it was given. */
const startOf = ({ validFrom }: RuleDraft, at: Date): Date => (validFrom && validFrom > at ? validFrom : at);

function isSame({ rule, appliesTo }: PlacedRule, draft: RuleDraft, at: Date): boolean {
  const content = ({ description, descriptionEnglish, logic, onFailure }: RuleVersion | RuleDraft) =>
    canonical([description, descriptionEnglish, logic, onFailure]);
  if (appliesTo !== draft.appliesTo || content(rule) !== content(draft)) return false;
  const begins = Math.max(Date.parse(rule.validFrom), at.getTime());
  return draft.validFrom === null || startOf(draft, at).getTime() === begins;
}

/** Ends what would still hold then; a version that has not begun by then never does. */
function endingAt(versions: readonly PlacedRule[], at: Date): RuleChanges['ended'] {
  return versions
    .filter(({ rule: { endedAt } }) => endedAt === null || Date.parse(endedAt) > at.getTime())
    .map(({ rule: { id, version, validFrom } }) => ({
      ...{ id, version },
      endedAt: new Date(Math.max(Date.parse(validFrom), at.getTime())).toISOString(),
    }));
}
