import { readCardCode, type CardPerson } from '#api/people/shared/card-code.ts';
import { scannedText } from '../scan/reading.ts';

/** Whom a hand scanner typed into a field of the form, by the code of a card; null for what somebody wrote there. */
export function cardInField(text: string): CardPerson | null {
  const read = text.includes('|') ? readCardCode(scannedText(text)) : null;
  return read?.kind === 'CARD' ? read.card : null;
}
