import { fold } from '../../platform/shared/text.ts';
import { readCommunes, type Communes } from './communes.ts';
import { demoCitizens } from './demo-citizens.ts';
import { demoProvinceCode } from '../places.ts';
import type { SimulatedCitizen } from './simulated-citizen.ts';
import { syntheticCitizen, syntheticIndex } from './synthetic-people.ts';

/** What a question says of a person, in the words of the message. */
export interface SimulatedQuestion {
  idNumber: string;
  formerIdNumber: string;
  fullName: string;
  /** 19500823, 1950-08-23 or 1950. */
  dateOfBirth: string;
}

/** 100,000 people from a seed, and the people of the demo. */
export class Population {
  readonly communes: Communes = readCommunes();
  readonly #seed: number;
  readonly #homes = this.communes.of(demoProvinceCode);
  readonly #demo: Map<string, SimulatedCitizen>;

  constructor(seed: number, now: Date) {
    this.#seed = seed;
    this.#demo = demoCitizens(this.communes.of, now);
  }

  person(index: number): SimulatedCitizen {
    return syntheticCitizen(this.#seed, index, this.#homes);
  }

  /** Who bears the number, where the name or the birth date is theirs too: the real one answers to combinations only. */
  find(question: SimulatedQuestion): SimulatedCitizen | null {
    const person = this.#bearer(question);
    if (!person) return null;
    const sameName = fold(person.fullName) === fold(question.fullName);
    return sameName || sameDay(person.dateOfBirth, question.dateOfBirth) ? person : null;
  }

  #bearer({ idNumber, formerIdNumber }: SimulatedQuestion): SimulatedCitizen | null {
    const demo = this.#demo.get(idNumber || formerIdNumber);
    if (demo) return demo;
    const index = syntheticIndex(idNumber ? { idNumber } : { formerIdNumber });
    const person = index === null ? null : this.person(index);
    return person && (idNumber ? person.idNumber === idNumber : person.formerIdNumber === formerIdNumber)
      ? person
      : null;
  }
}

function sameDay(known: string, asked: string): boolean {
  const [one, other] = [known.replaceAll('-', ''), asked.replaceAll('-', '')];
  return one === other || (asked.length === 4 && one.startsWith(asked));
}
