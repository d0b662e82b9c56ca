import { nameWords, trigrams } from '#api/platform/shared/text.ts';

/** A name taken apart once, to be compared with many. */
export interface ComparedName {
  words: string[];
  text: string;
}

export function comparedName(name: string): ComparedName {
  const words = nameWords(name);
  return { words, text: words.join(' ') };
}

/** How alike two words are, 0 to 1: by their trigrams where one is not the beginning of the other. */
function wordLikeness(typed: string, word: string): number {
  if (typed === word) return 1;
  if (word.startsWith(typed)) return 0.8;
  // A letter too many, too few or two that changed places: the first letter is seldom wrong, so most pairs end here.
  if (Math.abs(typed.length - word.length) > 2 || (typed[0] !== word[0] && typed.at(-1) !== word.at(-1))) return 0;
  const [one, other] = [trigrams(typed), new Set(trigrams(word))];
  const shared = one.filter((key) => other.has(key)).length;
  const dice = (2 * shared) / (one.length + other.size);
  const sameLetters = [...typed].sort().join('') === [...word].sort().join('');
  return Math.min(0.7, Math.max(dice >= 0.4 ? dice : 0, sameLetters ? 0.6 : 0));
}

export interface NameLikeness {
  /** How much of what was typed the name has, 0 to 1. */
  covered: number;
  /** 0 to 100: covered, how much of the name was typed, and whether in order. */
  score: number;
}

const none: NameLikeness = { covered: 0, score: 0 };

/** How well a name answers to what was typed of one: words in any order, the whole name or some of it. */
export function nameLikeness(typed: ComparedName, name: ComparedName): NameLikeness {
  if (typed.words.length === 0 || name.words.length === 0) return none;
  if (typed.text === name.text) return { covered: 1, score: 100 };
  const free = name.words.map((word, at) => ({ word, at }));
  const places: number[] = [];
  let sum = 0;
  for (const word of typed.words) {
    const [best] = free
      .map((candidate) => ({ candidate, likeness: wordLikeness(word, candidate.word) }))
      .sort((a, b) => b.likeness - a.likeness || a.candidate.at - b.candidate.at);
    if (!best || best.likeness === 0) continue;
    sum += best.likeness;
    places.push(best.candidate.at);
    free.splice(free.indexOf(best.candidate), 1);
  }
  const covered = sum / typed.words.length;
  const inOrder = places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0));
  const score = 75 * covered + (14 * places.length) / name.words.length + (inOrder ? 10 : 0);
  return covered === 0 ? none : { covered, score: Math.round(score) };
}
