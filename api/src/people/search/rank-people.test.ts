import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newUuid7 } from '../../platform/shared/uuid7.ts';
import { rankPeople, type NamedPerson } from './rank-people.ts';

const words = ['Nguyễn', 'Trần', 'Lê', 'Thị', 'Văn', 'Hoa', 'Hòa', 'Hoà', 'Huơng', 'Hương', 'An', 'Anh', 'Quỳnh'];
const aName = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
const twoDigits = (most: number) => fc.integer({ min: 1, max: most }).map((number) => String(number).padStart(2, '0'));
const aYear = fc.integer({ min: 1985, max: 1988 }).map(String);
const aDay = fc.tuple(aYear, twoDigits(12), twoDigits(12)).map((parts) => parts.join('-'));
const born = fc.oneof(aDay, aYear);
// Who is known in two provinces has one id in both.
const ids = Array.from({ length: 8 }, (_, at) => newUuid7(at));
const somebody = fc.record<NamedPerson>({
  province_code: fc.constantFrom('38', '01'),
  id: fc.constantFrom(...ids),
  full_name: aName,
  date_of_birth: born,
});
const search = fc.record({ name: aName, born: fc.option(born) });
const some = fc.uniqueArray(somebody, { maxLength: 12, selector: ({ id, province_code }) => `${province_code}/${id}` });

const called = (full_name: string, date_of_birth = '1985-09-09'): NamedPerson => ({
  province_code: '38',
  id: newUuid7(),
  full_name,
  date_of_birth,
});
const namesOf = (name: string, typedBorn: string | null, ...people: NamedPerson[]) =>
  rankPeople({ name, born: typedBorn }, people).map(({ person }) => [person.full_name, person.date_of_birth].join(' '));

describe('who answers to a name', () => {
  it('stands in an order that does not depend on the one they came in', () =>
    fc.assert(
      fc.property(
        search,
        some.chain((people) =>
          fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
        ),
        (typed, [people, shuffled]) => {
          expect(rankPeople(typed, shuffled)).toEqual(rankPeople(typed, people));
        },
      ),
    ));

  it('never stands below a worse likeness: the whole name and day above anybody, each better trait above without it', () =>
    fc.assert(
      fc.property(aName, aDay, some, (name, day, people) => {
        const exact = called(name, day);
        const found = rankPeople({ name, born: day }, [...people, exact]);
        const isAsGood = ({ person }: (typeof found)[number]) => person.date_of_birth === day;
        // Before the exact one stand only those who are spelt the same and were born that day.
        const before = found.slice(
          0,
          found.findIndex(({ person }) => person === exact),
        );
        expect(before.every(isAsGood)).toBe(true);
        expect(found[0]?.foundBy).toEqual(['SAME_NAME', 'BIRTH_DATE']);
        // Who is called the same and was born on the day is never below who was not.
        const scores = found.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((one, other) => other - one));
      }),
    ));

  it('does not lose by being more alike: the typed birth date lifts whoever has it, whatever their name', () =>
    fc.assert(
      fc.property(aName, aDay, somebody, somebody, (name, day, person, other) => {
        const [lifted, without] = [
          { ...person, date_of_birth: day },
          { ...person, date_of_birth: '1901' },
        ];
        const placeOf = (people: NamedPerson[]) =>
          rankPeople({ name, born: day }, people).findIndex((ranked) => ranked.person === people[0]);
        const [better, worse] = [placeOf([lifted, other]), placeOf([without, other])];
        if (worse >= 0) expect(better).toBeLessThanOrEqual(worse);
      }),
    ));
});

it('the whole name comes before some of it, the birth date before the year, the year before another day of it', () => {
  expect(
    namesOf(
      'mac van kien',
      '1985-09-08',
      called('Mạc Văn Kiên', '1985-03-04'),
      called('Mạc Văn Kiên Cường', '1985-09-08'),
      called('Mạc Văn Kiên', '1985-08-09'),
      called('Mạc Văn Kiên', '1985'),
      called('Mạc Văn Kiên', '1985-09-08'),
      called('Mạc Văn Kiên', '1971-09-08'),
    ),
  ).toEqual([
    'Mạc Văn Kiên 1985-09-08',
    'Mạc Văn Kiên Cường 1985-09-08',
    'Mạc Văn Kiên 1985',
    'Mạc Văn Kiên 1985-08-09',
    'Mạc Văn Kiên 1985-03-04',
    'Mạc Văn Kiên 1971-09-08',
  ]);
});

it('as it is spelt comes before the same letters with other marks', () => {
  expect(namesOf('Lê Thị Hòa', null, called('Lê Thị Hoa'), called('Lê Thị Hòa'))).toEqual([
    'Lê Thị Hòa 1985-09-09',
    'Lê Thị Hoa 1985-09-09',
  ]);
});

it('nobody is shown who has too little of the name, or but some of it and another birth year', () => {
  expect(namesOf('mac van kien', '1985', called('Mạc Văn Kiên Cường', '1971'), called('Trần Thị Hoa'))).toEqual([]);
});

it('who is known in two provinces stands in one order, whichever came first', () => {
  const here = called('Mạc Văn Kiên');
  const there = { ...here, province_code: '01' };
  const order = (...people: NamedPerson[]) =>
    rankPeople({ name: 'mac van kien', born: null }, people).map(({ person }) => person.province_code);
  expect(order(here, there)).toEqual(order(there, here));
});
