import { expect, test } from 'vitest';
import { idNumberWarnings, readIdNumber } from '../../people/shared/id-number.ts';
import { demoPeople, demoSeed, makeDemoWeek } from '../demo-province.ts';
import { makeHouseholds } from '../demo-people.ts';
import { Random } from '../random.ts';
import { Population } from './population.ts';
import { syntheticPeople } from './synthetic-people.ts';

const now = new Date('2026-11-26T03:00:00Z');
const population = new Population(38, now);
const communesOf = population.communes.of;

test('the demo’s people are all found, about 1.3 % of them with one difference', () => {
  const people = makeHouseholds(new Random(demoSeed), communesOf, demoPeople, 2026).flatMap((home) => home.people);
  const numbered = people.flatMap(({ idNumber, ...person }) => (idNumber ? [{ ...person, idNumber }] : []));
  expect(numbered.length).toBeGreaterThan(1_700);
  const differing = numbered.filter(({ idNumber, fullName, dateOfBirth, sex }) => {
    const found = population.find({ idNumber, formerIdNumber: '', fullName, dateOfBirth });
    expect(found).not.toBeNull();
    const same = [found?.fullName === fullName, found?.dateOfBirth === dateOfBirth, found?.sex === sex];
    expect(same.filter((one) => !one).length).toBeLessThan(2);
    return same.includes(false);
  });
  expect(differing.length / numbered.length).toBeGreaterThan(0.009);
  expect(differing.length / numbered.length).toBeLessThan(0.017);
});

test('who declared in the demo is found, of this year’s demo and of the last year’s', () => {
  for (const at of [now, new Date('2025-12-30T03:00:00Z')])
    for (const { person } of makeDemoWeek(communesOf, at.getTime()).trips.flatMap(({ declarations }) => declarations))
      if (person.idNumber) {
        const { idNumber: number, fullName, dateOfBirth } = person;
        const asked =
          number.length === 12 ? { idNumber: number, formerIdNumber: '' } : { idNumber: '', formerIdNumber: number };
        expect(population.find({ ...asked, fullName, dateOfBirth })).not.toBeNull();
      }
});

test('100,000 people are the same each time, with numbers of their own', () => {
  const numbers = new Set<string>();
  const again = new Population(38, now);
  for (let index = 0; index < syntheticPeople; index += 97) {
    const { idNumber, sex, dateOfBirth } = population.person(index);
    expect(again.person(index)).toEqual(population.person(index));
    const number = readIdNumber(idNumber);
    expect(number && idNumberWarnings(number, { sex, dateOfBirth })).toEqual([]);
    numbers.add(idNumber);
  }
  expect(numbers.size).toBe(Math.ceil(syntheticPeople / 97));
  expect(new Population(39, now).person(0)).not.toEqual(population.person(0));
});
