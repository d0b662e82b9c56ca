import { DAY_MS, HOUR_MS } from '../platform/shared/instant.ts';
import { fold } from '../platform/shared/text.ts';
import type { DemoPerson, Household } from './demo-people.ts';
import type { TripPlan } from './demo-trips.ts';
import { demoProvinceCode } from './places.ts';
import type { Random } from './random.ts';

const oneIn = 220;

/** The number that some people of the demo had before their chip card: of 9 digits, and nobody else's. Null: they had none. */
export function formerNumberOf(idNumber: string | null | undefined): string | null {
  if (idNumber?.length !== 12 || !idNumber.startsWith(`0${demoProvinceCode}`)) return null;
  const serial = idNumber.slice(6);
  // With the last digit of the year of birth: the people of a demo of the year before have numbers of their own.
  return Number(serial) % oneIn === 0 ? `17${idNumber.charAt(5)}${serial}` : null;
}

/** How somebody declared with the old card: without diacritics, or with the year of birth alone, or the names turned round. */
function asBefore(person: DemoPerson, former: string): DemoPerson {
  const { fullName, dateOfBirth } = person;
  const words = fullName.split(' ');
  const turned = [...words.slice(0, -2), words.at(-1), words.at(-2)].join(' ');
  const spellings = [
    { fullName: fold(fullName).toUpperCase() },
    { dateOfBirth: dateOfBirth.slice(0, 4) },
    words.length > 2 ? { fullName: turned } : {},
  ];
  return { ...person, ...spellings[Math.floor(Number(former.slice(3)) / oneIn) % spellings.length], idNumber: former };
}

/** Some came home with the old card some days before they came with the new one: known twice, for administrators to find. */
export function plansWithOldCards(random: Random, households: readonly Household[], now: number): TripPlan[] {
  return households.flatMap((household) =>
    household.people.flatMap((person): TripPlan[] => {
      const former = formerNumberOf(person.idNumber);
      if (!former || person.age < 18) return [];
      return [
        {
          households: [{ ...household, people: [asBefore(person, former)] }],
          elsewhere: household.elsewhere,
          direction: 'IN',
          passesAt: now - random.int(2, 6) * DAY_MS + random.int(0, 10) * HOUR_MS,
        },
      ];
    }),
  );
}
