import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import type { Failure } from '#api/territory/shared/movement-rules/advice.ts';
import { checkLogic, type LogicProblem } from '#api/territory/shared/movement-rules/check-logic.ts';
import { describeRule } from '#api/territory/shared/movement-rules/sentences/describe-rule.ts';
import type { Logic } from '#api/territory/shared/movement-rules/sentences/logic-template.ts';
import {
  isComplete,
  printRule,
  readRule,
  type RuleSentences,
} from '#api/territory/shared/movement-rules/sentences/rule-sentences.ts';
import { formatDay, readDay, startOfDay } from '../../days.ts';

/** A rule in the editor. Its logic stands as text; sentences stand beside it as long as they say exactly the same. */
export interface RuleDraft {
  id: string;
  onFailure: Failure;
  text: string;
  /** Null: no sentences say what the text does. */
  sentences: RuleSentences | null;
  vietnamese: string;
  english: string;
  /** The words are the person's own: a changed sentence leaves them alone. */
  ownWords: boolean;
  /** The day from which it holds, as it is typed; empty: as soon as it is saved. */
  begins: string;
  /** When the version that is known begins, where that is still to come. */
  beginsAt: string | null;
}

export interface KnownRule {
  id: string;
  onFailure: string;
  logic: Readonly<Record<string, unknown>>;
  description: string;
  descriptionEnglish?: string | null | undefined;
  validFrom: string;
}

export function newRule(id: string, sentences: RuleSentences, onFailure: Failure): RuleDraft {
  const empty = { vietnamese: '', english: '', ownWords: false, begins: '', beginsAt: null };
  return withSentences({ id, onFailure, text: '', sentences, ...empty }, sentences);
}

/** As it is at a moment: one that holds already has no day of its own to begin. */
export function toDraft(known: KnownRule, now: Date): RuleDraft {
  const { id, onFailure, logic, description, descriptionEnglish } = known;
  const beginsAt = Date.parse(known.validFrom) > now.getTime() ? known.validFrom : null;
  const sentences = readRule(logic as Logic);
  const [vietnamese, english] = [description, descriptionEnglish ?? ''];
  const proposed = sentences && wordsOf(sentences);
  return {
    ...{ id, sentences, vietnamese, english, text: written(logic as Logic) },
    ...{ beginsAt, begins: beginsAt ? dayOf(beginsAt) : '' },
    onFailure: onFailure === 'REFUSE' ? 'REFUSE' : 'EXAMINE',
    ownWords: vietnamese !== proposed?.vietnamese || english !== proposed.english,
  };
}

const dayOf = (iso: string): string => formatDay(vietnamDate(new Date(iso)));

/** What the server is told of when it begins: null as soon as it is saved; a coming one that shall not wait, today. */
export function validFromOf({ begins, beginsAt }: RuleDraft, today: string): string | null {
  if (beginsAt && begins.trim() === dayOf(beginsAt)) return beginsAt;
  const day = readDay(begins) ?? (beginsAt ? today : null);
  return day && startOfDay(day);
}

export function withSentences(rule: RuleDraft, sentences: RuleSentences): RuleDraft {
  const words = rule.ownWords ? {} : wordsOf(sentences);
  return { ...rule, sentences, text: written(printRule(sentences)), ...words };
}

/** What a person typed; sentences come back as soon as they say it. */
export function withText(rule: RuleDraft, text: string): RuleDraft {
  const logic = readText(text);
  const sentences = logic === undefined || checkLogic(logic) ? null : readRule(logic);
  const words = rule.ownWords || !sentences ? {} : wordsOf(sentences);
  return { ...rule, text, sentences, ...words };
}

/** The words that the sentences propose, again. */
export const withProposedWords = (rule: RuleDraft): RuleDraft =>
  rule.sentences ? { ...rule, ownWords: false, ...wordsOf(rule.sentences) } : rule;

const wordsOf = (sentences: RuleSentences) => ({
  vietnamese: describeRule(sentences, 'vi'),
  english: describeRule(sentences, 'en'),
});
const written = (logic: Logic): string => JSON.stringify(logic, null, 2);

function readText(text: string): Logic | undefined {
  try {
    return JSON.parse(text) as Logic;
  } catch {
    return undefined;
  }
}

/** What keeps the logic from being saved: an empty blank, text that is no JSON, or what the guard says. */
export function logicProblem({ sentences, text }: RuleDraft): LogicProblem | { at: ''; code: 'BLANK' | 'JSON' } | null {
  if (sentences) return isComplete(sentences) ? null : { at: '', code: 'BLANK' };
  const logic = readText(text);
  return logic === undefined ? { at: '', code: 'JSON' } : checkLogic(logic);
}

/** As it is saved and tried; null while something keeps it from that. */
export function logicOf(rule: RuleDraft): Record<string, unknown> | null {
  const logic = logicProblem(rule) ? null : readText(rule.text);
  return typeof logic === 'object' && logic !== null ? (logic as Record<string, unknown>) : null;
}
