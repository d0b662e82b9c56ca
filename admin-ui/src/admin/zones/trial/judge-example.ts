import type { Language } from '#api/platform/shared/language.ts';
import type { Advice } from '#api/territory/shared/movement-rules/advice.ts';
import {
  describe,
  isMet,
  judge,
  type AppliedRule,
  type RuleVersion,
} from '#api/territory/shared/movement-rules/evaluate.ts';
import type { Facts } from '#api/territory/shared/movement-rules/facts.ts';
import { nationalRules } from '#api/territory/shared/movement-rules/national-rules.ts';
import { describeSentence } from '#api/territory/shared/movement-rules/sentences/describe-rule.ts';
import { toLogic } from '#api/territory/shared/movement-rules/sentences/sentence.ts';
import { logicOf, type RuleDraft } from '../rules/rule-draft.ts';

/** A rule that a person does not meet, and which parts of it they do and do not. */
export interface FailedRule {
  id: string;
  words: string;
  onFailure: Advice;
  parts: { words: string; met: boolean }[];
}

export interface Judged {
  advice: Advice;
  failed: FailedRule[];
}

type Rules = Readonly<Record<'entryRules' | 'exitRules', readonly RuleDraft[]>>;

/**
 * What the rules as they stand in the form, with those in force everywhere, advise for a person who comes in, or goes out:
 * by the module that judges at the checkpoint.
 */
export function judgeExample(rules: Rules, going: 'IN' | 'OUT', facts: Facts, language: Language): Judged {
  const drafts = going === 'IN' ? rules.entryRules : rules.exitRules;
  const applied = [
    ...nationalRules.map((rule): AppliedRule => ({ rule, direction: 'IN' })),
    ...drafts.flatMap((draft): AppliedRule[] => {
      const rule = asVersion(draft);
      return rule ? [{ rule, direction: going }] : [];
    }),
  ];
  const { advice, failed } = judge(applied, facts);
  const explain = (rule: RuleVersion): FailedRule => ({
    id: rule.id,
    words: describe(rule, language),
    onFailure: rule.onFailure,
    parts: partsOf(
      drafts.find(({ id }) => id === rule.id),
      { ...facts, direction: going },
      language,
    ),
  });
  return { advice, failed: failed.map(explain) };
}

/** Null for one that is not finished: it is not tried. */
function asVersion(draft: RuleDraft): RuleVersion | null {
  const logic = logicOf(draft);
  if (!logic) return null;
  const words = { description: draft.vietnamese, descriptionEnglish: draft.english || null };
  const always = { version: 0, validFrom: new Date(0).toISOString(), endedAt: null };
  return { id: draft.id, ...words, logic, onFailure: draft.onFailure, ...always };
}

function partsOf(draft: RuleDraft | undefined, facts: Facts, language: Language): FailedRule['parts'] {
  const { conditions = [], exemptions = [] } = draft?.sentences ?? {};
  const sentences = [...conditions, ...exemptions];
  // Of one sentence the rule's own words say it all.
  if (sentences.length < 2) return [];
  return sentences.map((sentence) => ({
    words: describeSentence(sentence, language),
    met: isMet(toLogic(sentence), facts) === true,
  }));
}
