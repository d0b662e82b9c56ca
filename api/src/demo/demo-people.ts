import type { DeclaredAddress, DeclaredPerson } from '../declarations/shared/declaration-draft.ts';
import { syntheticIdNumber } from '../people/shared/id-number.ts';
import type { Sex } from '../people/shared/sex.ts';
import { addressLine, demoProvinceCode, neighbours, type CommunesOf, type Neighbour } from './places.ts';
import { familyName, fullName } from './names.ts';
import type { Random } from './random.ts';

export interface DemoPerson extends DeclaredPerson {
  age: number;
}

/** People of one home who travel together. */
export interface Household {
  people: DemoPerson[];
  home: DeclaredAddress;
  homeProvince: string;
  /** The province that they come from or go to, when home is the demo's; else their own. */
  elsewhere: Neighbour;
}

const sizes: ReadonlyArray<readonly [number, number]> = [
  [1, 46],
  [2, 22],
  [3, 13],
  [4, 12],
  [5, 7],
];
const fromTheProvince = 0.76;
// Mobile prefixes that no operator has: nobody is called by a demo.
const unassignedPrefixes = ['30', '31', '50', '54', '73'];
// Serials are handed out, not drawn: no two people of the demo share a number.
const firstSerial = 900_000;

/** Homes of so many people in all, each person with a valid, synthetic number. */
export function makeHouseholds(random: Random, communesOf: CommunesOf, people: number, year: number): Household[] {
  const households: Household[] = [];
  for (let made = 0; made < people;) {
    const size = Math.min(random.weighted(sizes), people - made);
    households.push(makeHousehold(random, communesOf, { size, year, serial: firstSerial + made }));
    made += size;
  }
  return households;
}

interface HouseholdPlan {
  size: number;
  year: number;
  serial: number;
}

function makeHousehold(random: Random, communesOf: CommunesOf, { size, year, serial }: HouseholdPlan): Household {
  const elsewhere = random.weighted(neighbours.map((neighbour) => [neighbour, neighbour.weight] as const));
  const homeProvince = random.chance(fromTheProvince) ? demoProvinceCode : elsewhere.provinceCode;
  const home = { line: addressLine(random), unitCode: random.pick(communesOf(homeProvince)) };
  const father = familyName(random);
  const parentAge = random.int(22, 58);
  const members = Array.from({ length: size }, (_, place) => {
    const sex =
      place === 0
        ? random.chance(0.62)
          ? 'MALE'
          : 'FEMALE'
        : place === 1
          ? 'FEMALE'
          : random.pick(['MALE', 'FEMALE'] as const);
    const age =
      place === 0
        ? parentAge
        : place === 1
          ? parentAge + random.int(-6, 4)
          : Math.max(1, parentAge - random.int(22, 34));
    if (elsewhere.gate && random.chance(0.5)) return makeForeigner(random, { ...elsewhere.gate, age, year });
    const name = fullName(random, sex, place === 1 ? familyName(random) : father);
    return makePerson(random, {
      name,
      sex,
      age: Math.max(age, place < 2 ? 18 : 1),
      year,
      home,
      homeProvince,
      serial: serial + place,
    });
  });
  return { people: members, home, homeProvince, elsewhere };
}

interface PersonPlan {
  name: string;
  sex: Sex;
  age: number;
  year: number;
  home: DeclaredAddress;
  homeProvince: string;
  serial: number;
}

function makePerson(random: Random, { name, sex, age, year, home, homeProvince, serial }: PersonPlan): DemoPerson {
  // Born a year earlier than the age says: whatever today's date, that many years are complete.
  const birthYear = year - age - 1;
  const day = `${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
  return {
    fullName: name,
    dateOfBirth: age > 70 && random.chance(0.4) ? String(birthYear) : `${birthYear}-${day}`,
    sex,
    nationality: 'VNM',
    idNumber:
      age < 12 && random.chance(0.6)
        ? null
        : idNumberOf(random, { provinceCode3: `0${homeProvince}`, sex, birthYear, serial }),
    phone: age >= 14 ? `+84${random.pick(unassignedPrefixes)}${random.digits(7)}` : null,
    email: age > 20 && random.chance(0.12) ? `khach${serial}@example.vn` : null,
    healthInsuranceNumber: random.chance(0.2)
      ? `${random.pick(['DN4', 'GD4', 'HT3', 'TE1'])}38${random.digits(10)}`
      : null,
    permanentAddress: home,
    age,
  };
}

/** Now and then a number contradicts the declared sex, as it does at real checkpoints: the officer sees a warning. */
function idNumberOf(random: Random, of: Parameters<typeof syntheticIdNumber>[0]): string {
  const other = of.sex === 'MALE' ? 'FEMALE' : 'MALE';
  return syntheticIdNumber({ ...of, sex: random.chance(0.008) ? other : of.sex });
}

function makeForeigner(
  random: Random,
  { names, nationality, age, year }: { names: readonly string[]; nationality: string; age: number; year: number },
): DemoPerson {
  return {
    fullName: random.pick(names),
    dateOfBirth: `${year - age - 1}-0${random.int(1, 9)}-${random.int(10, 28)}`,
    sex: 'MALE',
    nationality,
    passportNumber: `P${random.digits(7)}`,
    age,
  };
}
