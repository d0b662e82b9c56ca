import type { Language } from '../../../../platform/shared/language.ts';
import { english } from './english.ts';
import { patternOf, type BlankKind, type PatternName } from './patterns.ts';
import type { RuleSentences } from './rule-sentences.ts';
import type { Sentence, Value } from './sentence.ts';
import type { SentenceWords } from './sentence-words.ts';
import { vietnamese } from './vietnamese.ts';

const words: Readonly<Record<Language, SentenceWords>> = { vi: vietnamese, en: english };

/** A sentence in pieces: text, and the names of its blanks between. */
export function piecesOf(pattern: PatternName, language: Language): ({ text: string } | { blank: string })[] {
  const pieces = words[language].patterns[pattern].split(/[{}]/);
  return pieces.map((piece, at) => (at % 2 === 0 ? { text: piece } : { blank: piece }));
}

/** A blank's value as it reads in the sentence. */
export function sayValue(blank: BlankKind, value: Value | undefined, language: Language): string {
  const own = words[language];
  if (blank.kind !== 'SOME') {
    if (typeof value !== 'number' || Number.isNaN(value)) return '…';
    return blank.kind === 'LEVEL' ? own.level(value) : String(value);
  }
  const items = (typeof value === 'object' ? value : []).map((item) => own[blank.of][item] ?? item);
  const last = items.at(-1) ?? '…';
  return items.length > 1 ? `${items.slice(0, -1).join(', ')}${own.orItem}${last}` : last;
}

/** A choice of a blank, as it is offered. */
export const sayChoice = (of: 'symptom' | 'purpose' | 'vehicle', choice: string, language: Language): string =>
  words[language][of][choice] ?? choice;

export function describeSentence({ pattern, values }: Sentence, language: Language): string {
  const { blanks } = patternOf(pattern);
  const said = piecesOf(pattern, language).map((piece) => {
    if ('text' in piece) return piece.text;
    const blank = blanks[piece.blank];
    return blank ? sayValue(blank, values[piece.blank], language) : '';
  });
  return said.join('');
}

/** What a person reads of a rule, whether it is met or not. */
export function describeRule({ combined, conditions, exemptions }: RuleSentences, language: Language): string {
  const { and, or, needed } = words[language];
  const said = conditions.map((sentence) => lowerFirst(describeSentence(sentence, language)));
  const freed = exemptions.map((sentence) => `, ${describeSentence(sentence, language)}`);
  return `${needed(said.join(combined === 'ALL' ? and : or))}${freed.join('')}.`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1);
