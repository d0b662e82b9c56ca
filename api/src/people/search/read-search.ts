import { badInput } from '../../platform/graphql/problems.ts';
import { holdsUnseenCharacters, nameWords } from '../../platform/shared/text.ts';
import { documentsOf, type PersonDocument } from '../identifiers.service.ts';
import { readBirthDate } from '../shared/birth-date.ts';
import { readCardCode } from '../shared/card-code.ts';
import { readIdNumber } from '../shared/id-number.ts';
import { readPhoneNumber } from '../shared/phone-number.ts';

/** What somebody typed to find a person. */
export type PeopleSearch =
  | { kind: 'NUMBER'; documents: PersonDocument[] }
  | { kind: 'PHONE'; phone: string }
  /** A declaration's, or a passport's number that looks like one. */
  | { kind: 'CODE'; typed: string; documents: PersonDocument[] }
  /** born: 1950-08-23, or 1950; null where no date was typed. */
  | { kind: 'NAME'; name: string; born: string | null };

const longest = 500;
const DATE = /(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|\d{8}|[12]\d{3})(?!\d)/gu;
// Two digits of the province and seven more signs; whether it is one is said by the declarations' room.
const CODE = /^(?=.*[A-Z])\d{2}[A-Z0-9]{7}$/;
const PASSPORT = /^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{5,20}$/;

const texts = {
  length: {
    vi: 'Hãy gõ số giấy tờ, số điện thoại, mã khai báo hoặc họ tên, tối đa 500 ký tự.',
    en: 'Type a number, a phone number, the code of a declaration or a name, at most 500 characters.',
  },
  number: {
    vi: 'Số giấy tờ có 12 hoặc 9 chữ số, số điện thoại có 10. Hãy đếm lại các chữ số.',
    en: 'An ID number has 12 or 9 digits, a phone number 10. Count the digits again.',
  },
  name: {
    vi: 'Hãy gõ ít nhất hai chữ cái của họ tên.',
    en: 'Type at least two letters of the name.',
  },
};

/**
 * Reads one line: an ID number or passport, a phone number, the code of a card or a declaration, or a name with or without a birth
 * date or year.
 * What cannot be read is refused without being repeated: it may be a number.
 */
export function readPeopleSearch(text: string): PeopleSearch {
  if (text.length > longest || text.trim() === '' || holdsUnseenCharacters(text.trim()))
    throw badInput({ search: texts.length });
  const documents = readDocuments(text);
  if (CODE.test(text.toUpperCase().replace(/[\s\-–]/gu, ''))) return { kind: 'CODE', typed: text, documents };
  if (documents.length > 0) return { kind: 'NUMBER', documents };
  const phone = readPhoneNumber(text);
  return phone ? { kind: 'PHONE', phone } : readName(text);
}

function readDocuments(text: string): PersonDocument[] {
  const read = readCardCode(text);
  if (read?.kind === 'CARD') return documentsOf(read.card);
  const idNumber = readIdNumber(text);
  if (idNumber) return documentsOf({ idNumber });
  const typed = text.trim().toUpperCase();
  return PASSPORT.test(typed) ? documentsOf({ passportNumber: typed }) : [];
}

function readName(text: string): PeopleSearch {
  const dates = (text.match(DATE) ?? []).map(readBirthDate).filter((date) => date !== null);
  const rest = text.replace(DATE, ' ');
  if (dates.length > 1 || /\d/.test(rest)) throw badInput({ search: texts.number });
  const words = nameWords(rest);
  if (words.join('').length < 2)
    throw badInput({ search: dates.length === 0 && /\d/.test(text) ? texts.number : texts.name });
  return { kind: 'NAME', name: rest, born: dates[0] ?? null };
}
