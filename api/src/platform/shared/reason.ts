import { lengthInCodePoints, nfc } from './text.ts';

/** What is wrong with a reason, which stays in the audit trail for years, in the clear: NUMBER looks like one of the person's. */
export function reasonFault(text: string): 'SHORT' | 'NUMBER' | null {
  if (lengthInCodePoints(nfc(text)) < 5) return 'SHORT';
  return /\d(?:[\s.-]?\d){7}/.test(text) ? 'NUMBER' : null;
}
