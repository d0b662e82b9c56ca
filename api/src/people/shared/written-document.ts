/** What is written in the one field for a document: digits alone are meant for a card's number, whole or not; a passport has a letter. */
export function readWrittenDocument(text: string): { idNumber: string; passportNumber: string } {
  const isNumber = /^[\d\s.\-–]*$/u.test(text);
  return { idNumber: isNumber ? text : '', passportNumber: isNumber ? '' : text };
}
