// The prefix of a pass stands in api/src/passes/shared/pass-token.ts, with the decoder that this page does not need.
const PASS_PREFIX = 'CDN1:';
const PASS_CHARACTERS = /^[0-9A-Z $%*+./:-]*$/;

/** What came in by any way: one field, one question to the server. A pass may hold blanks, also at its end: never trimmed. */
export interface Reading {
  text: string;
  by: 'CAMERA' | 'PHOTO' | 'HAND_SCANNER' | 'TYPED';
}

export function isPass(text: string): boolean {
  return text.startsWith(PASS_PREFIX);
}

// The code of a card: twelve digits and a bar. Two keys may have been pressed before it.
const BEFORE_CARD = /^.{1,2}?(?=\d{12}\|)/;

/** What a hand scanner typed: a key that was pressed just before it is no part of a pass, nor of a card. */
export function scannedText(line: string): string {
  return line.slice(Math.max(0, line.indexOf(PASS_PREFIX))).replace(BEFORE_CARD, '');
}

/** A hand scanner types; where a Vietnamese keyboard layout is on, it turns AA into Â and the like. */
export function isMangledByKeyboard({ text, by }: Reading): boolean {
  return (by === 'HAND_SCANNER' || by === 'TYPED') && isPass(text.toUpperCase()) && !PASS_CHARACTERS.test(text);
}
