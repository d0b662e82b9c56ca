import { makeHouseholds, type DemoPerson } from '../demo-people.ts';
import { demoPeople, demoSeed } from '../demo-province.ts';
import { formerNumberOf } from '../known-twice.ts';
import { givenName } from '../names.ts';
import type { CommunesOf } from '../places.ts';
import { Random } from '../random.ts';
import type { SimulatedCitizen } from './simulated-citizen.ts';
import { relatives } from './synthetic-people.ts';

// What the pilot's population database refused of all that was declared.
const differing = 0.013;

/** The demo's people as the population database knows them, by number and by the one before it; about 1.3 % were declared otherwise. */
export function demoCitizens(communesOf: CommunesOf, now: Date): Map<string, SimulatedCitizen> {
  // A demo loaded before the year turned has people of the year before.
  const years = [now.getUTCFullYear(), now.getUTCFullYear() - 1];
  const households = years.flatMap((year) => makeHouseholds(new Random(demoSeed), communesOf, demoPeople, year));
  return new Map(
    households
      .flatMap(({ people }) => people)
      .flatMap((person) => (person.idNumber ? [citizenOf(person, person.idNumber)] : []))
      .flatMap((citizen) => numbersOf(citizen).map((number) => [number, citizen] as const)),
  );
}

const numbersOf = ({ idNumber, formerIdNumber }: SimulatedCitizen): string[] =>
  formerIdNumber ? [idNumber, formerIdNumber] : [idNumber];

function citizenOf(person: DemoPerson, idNumber: string): SimulatedCitizen {
  const random = new Random(Number(idNumber.slice(6)));
  const declared: SimulatedCitizen = {
    idNumber,
    formerIdNumber: formerNumberOf(idNumber),
    fullName: person.fullName,
    sex: person.sex,
    dateOfBirth: person.dateOfBirth,
    address: { communeCode: person.permanentAddress?.unitCode ?? '', line: person.permanentAddress?.line ?? '' },
    ...relatives(random, person.fullName.split(' ')[0] ?? ''),
  };
  return random.chance(differing) ? { ...declared, ...difference(random, declared) } : declared;
}

/** What clerks and people get wrong: the given name, the day or the year of birth, the sex. One of them a person. */
function difference(random: Random, { fullName, dateOfBirth, sex }: SimulatedCitizen): Partial<SimulatedCitizen> {
  const year = Number(dateOfBirth.slice(0, 4));
  return random.weighted<() => Partial<SimulatedCitizen>>([
    [() => ({ fullName: fullName.replace(/\S+$/, (given) => givenName(random, sex, given)) }), 5],
    [() => ({ dateOfBirth: `${year + random.pick([-1, 1])}${dateOfBirth.slice(4)}` }), 4],
    [() => ({ sex: sex === 'MALE' ? 'FEMALE' : 'MALE' }), 1],
  ])();
}
