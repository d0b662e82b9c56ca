import { syntheticIdNumber } from '../../people/shared/id-number.ts';
import { familyName, fullName } from '../names.ts';
import { addressLine, demoProvinceCode } from '../places.ts';
import { Random } from '../random.ts';
import type { SimulatedCitizen } from './simulated-citizen.ts';

export const syntheticPeople = 100_000;

const firstFormer = 171_000_000;
const serialOf = (idNumber: string) => Number(idNumber.slice(6));

/** Person number so-and-so of a population, the same for the same seed: computed when asked for, stored nowhere. */
export function syntheticCitizen(seed: number, index: number, communes: readonly string[]): SimulatedCitizen {
  const random = new Random(seed ^ Math.imul(index + 1, 0x9e3779b1));
  const sex = random.pick(['FEMALE', 'MALE'] as const);
  const father = familyName(random);
  const birthYear = random.int(1931, 2007);
  const day = `${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
  return {
    idNumber: syntheticIdNumber({ provinceCode3: `0${demoProvinceCode}`, sex, birthYear, serial: index }),
    formerIdNumber: birthYear < 2000 ? String(firstFormer + index) : null,
    fullName: fullName(random, sex, father),
    sex,
    dateOfBirth: birthYear < 1950 && random.chance(0.4) ? String(birthYear) : `${birthYear}-${day}`,
    address: { communeCode: random.pick(communes), line: addressLine(random) },
    ...relatives(random, father),
  };
}

export function relatives(random: Random, family: string): Pick<SimulatedCitizen, 'father' | 'mother' | 'spouse'> {
  return {
    father: fullName(random, 'MALE', family),
    mother: fullName(random, 'FEMALE', familyName(random)),
    spouse: random.chance(0.6) ? fullName(random, random.pick(['FEMALE', 'MALE'] as const), familyName(random)) : null,
  };
}

/** Whose number it would be: numbers hold their place in the population. */
export function syntheticIndex(number: { idNumber: string } | { formerIdNumber: string }): number | null {
  const index = 'idNumber' in number ? serialOf(number.idNumber) : Number(number.formerIdNumber) - firstFormer;
  return index >= 0 && index < syntheticPeople ? index : null;
}
