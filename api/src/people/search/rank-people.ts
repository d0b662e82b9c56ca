import { nfc } from '../../platform/shared/text.ts';
import { comparedName, nameLikeness, type ComparedName } from '../shared/name-likeness.ts';

/** Why somebody was found. */
export const FoundBy = {
  NUMBER: 'NUMBER',
  PHONE: 'PHONE',
  CODE: 'CODE',
  SAME_NAME: 'SAME_NAME',
  LIKE_NAME: 'LIKE_NAME',
  BIRTH_DATE: 'BIRTH_DATE',
  BIRTH_YEAR: 'BIRTH_YEAR',
} as const;
export type FoundBy = keyof typeof FoundBy;

export interface NamedPerson {
  province_code: string;
  id: string;
  full_name: string;
  date_of_birth: string;
}

export interface Ranked<Person> {
  person: Person;
  score: number;
  foundBy: FoundBy[];
}

/** Below it a name has too little of what was typed to be shown. */
const leastCovered = 0.55;
const noBirth = { points: 0, foundBy: [] as FoundBy[] };

/** A birth date, or only its year, as typed against as known: a day and month that changed places is a slip of the pen. */
function birthLikeness(typed: string | null, known: string): { points: number; foundBy: FoundBy[] } {
  if (typed === null) return noBirth;
  if (typed === known) return { points: 40, foundBy: [typed.length === 4 ? 'BIRTH_YEAR' : 'BIRTH_DATE'] };
  const [year, month, day] = typed.split('-');
  if (known === `${year}-${day}-${month}`) return { points: 25, foundBy: ['BIRTH_DATE'] };
  if (known.slice(0, 4) !== year) return { points: -40, foundBy: [] };
  const onlyYearKnown = typed.length === 4 || known.length === 4;
  return { points: onlyYearKnown ? 30 : 5, foundBy: ['BIRTH_YEAR'] };
}

function judge<Person extends NamedPerson>(
  typed: { name: ComparedName; spelt: string; born: string | null },
  person: Person,
): Ranked<Person> | null {
  const likeness = nameLikeness(typed.name, comparedName(person.full_name));
  const birth = birthLikeness(typed.born, person.date_of_birth);
  const isSame = likeness.score === 100;
  // Another year is another person, but for the whole name: then the year may be what was typed wrong.
  if (likeness.covered < leastCovered || (birth.points < 0 && !isSame)) return null;
  const spelt = isSame && nfc(person.full_name).toLowerCase() === typed.spelt ? 3 : 0;
  const foundBy: FoundBy[] = [isSame ? 'SAME_NAME' : 'LIKE_NAME', ...birth.foundBy];
  return { person, score: likeness.score + birth.points + spelt, foundBy };
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Those who answer to a name and birth date, best first, in an order that does not depend on the one they came in. */
export function rankPeople<Person extends NamedPerson>(
  search: { name: string; born: string | null },
  people: readonly Person[],
): Array<Ranked<Person>> {
  const typed = { name: comparedName(search.name), spelt: nfc(search.name).toLowerCase(), born: search.born };
  return people
    .map((person) => judge(typed, person))
    .filter((ranked) => ranked !== null)
    .sort(
      (a, b) =>
        b.score - a.score ||
        byText(a.person.full_name, b.person.full_name) ||
        byText(a.person.id, b.person.id) ||
        // Who is known in two provinces has one id in both.
        byText(a.person.province_code, b.person.province_code),
    );
}
