import { ref } from 'vue';
import type { PaperForm } from './paper-form.ts';

const TYPED_TWICE = {
  number: 'paperFormNumber',
  fullName: 'person.fullName',
  born: 'person.dateOfBirth',
  document: 'person.idNumber',
  phone: 'person.phone',
} as const;
type Field = keyof typeof TYPED_TWICE;
const FIELDS = Object.keys(TYPED_TWICE) as Field[];

export interface Difference {
  path: string;
  before: string;
}

/** What is easily mistyped is keyed in a second time, unseen, and compared. On request: for the evening's pile, not for a queue. */
export function useDoubleEntry(form: PaperForm) {
  const wanted = ref(false);
  const again = ref(false);
  // As first typed, and what was told to differ since.
  let typed: Partial<Record<Field, string[]>> = {};

  /** Keeps what was typed and empties the fields for the second time. */
  function ask(): void {
    typed = Object.fromEntries(FIELDS.map((field) => [field, [form[field]]]));
    for (const field of FIELDS) form[field] = '';
    again.value = true;
  }

  /** Where the second differs from the first. Who leaves it as it is, or as it was first, and saves again, has decided. */
  function differences(): Difference[] {
    return FIELDS.flatMap((field) => {
      const before = typed[field] ?? [];
      if (before.some((text) => plain(text) === plain(form[field]))) return [];
      typed[field] = [...before, form[field]];
      return [{ path: TYPED_TWICE[field], before: before[0] ?? '' }];
    });
  }

  function reset(): void {
    again.value = false;
    typed = {};
  }

  return { wanted, again, ask, differences, reset };
}

// A blank or a dash more is no other number.
const plain = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s.\-–/]/gu, '');
