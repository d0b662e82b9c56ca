import { HOUR_MS } from '../platform/shared/instant.ts';
import type { HealthAnswers, Symptom } from '../declarations/shared/declaration-draft.ts';
import type { Neighbour } from './places.ts';
import type { Random } from './random.ts';

const symptoms: ReadonlyArray<readonly [Symptom, number]> = [
  ['COUGH', 8],
  ['SORE_THROAT', 6],
  ['FEVER', 5],
  ['FATIGUE', 4],
  ['LOSS_OF_TASTE_OR_SMELL', 1],
  ['SHORTNESS_OF_BREATH', 1],
];

/** Answers of one person: who was in an affected area mostly brings a fresh negative test; a positive one is rare. */
export function makeHealth(random: Random, submittedAt: number, cameFrom: Neighbour | null): HealthAnswers {
  const affected = cameFrom?.affected === true && random.chance(0.85);
  const tested = random.chance(affected ? 0.9 : 0.3);
  const oldTest = random.chance(0.06);
  return {
    symptoms: someSymptoms(random),
    contactWithCase: random.chance(0.006),
    contactWithSymptomatic: random.chance(0.008),
    contactFromAffectedArea: random.chance(affected ? 0.02 : 0.004),
    visitedEpidemicArea: affected,
    visitedUnitCodes: affected && cameFrom ? [cameFrom.provinceCode] : [],
    testedAt: tested ? new Date(submittedAt - random.int(2, oldTest ? 140 : 40) * HOUR_MS) : null,
    testNegative: tested ? !random.chance(0.005) : null,
    vaccineDoses: random.weighted([
      [0, 30],
      [1, 35],
      [2, 30],
      [3, 5],
    ]),
  };
}

function someSymptoms(random: Random): Symptom[] {
  if (!random.chance(0.03)) return [];
  return [...new Set(Array.from({ length: random.int(1, 3) }, () => random.weighted(symptoms)))];
}
