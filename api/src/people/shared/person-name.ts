import { holdsUnseenCharacters, lengthInCodePoints, nfc } from '#api/platform/shared/text.ts';

const LONGEST = 225;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\ufe0f\u20e3]/u;

export type PersonNameProblem = 'REQUIRED' | 'TOO_LONG' | 'NO_LETTER' | 'HIDDEN_CHARACTER' | 'EMOJI';
export type PersonNameRead = { ok: true; value: string } | { ok: false; code: PersonNameProblem };

/** Reads a person's name in any script: NFC, 1 to 225 code points, at least one letter, no emoji, nothing unseen. */
export function readPersonName(text: string): PersonNameRead {
  // Bounded before it is normalised: no name needs more than four code units a character.
  if (text.length > LONGEST * 8) return { ok: false, code: 'TOO_LONG' };
  const value = nfc(text);
  const code = problemOf(value);
  return code === null ? { ok: true, value } : { ok: false, code };
}

function problemOf(name: string): PersonNameProblem | null {
  if (name === '') return 'REQUIRED';
  if (lengthInCodePoints(name) > LONGEST) return 'TOO_LONG';
  if (EMOJI.test(name)) return 'EMOJI';
  if (holdsUnseenCharacters(name)) return 'HIDDEN_CHARACTER';
  return /\p{L}/u.test(name) ? null : 'NO_LETTER';
}
