import { Symptom, type DeclarationDraft } from './declaration-draft.ts';
import {
  at,
  choiceProblem,
  isBlank,
  type CheckContext,
  type FieldProblemCode,
  type ProblemCode,
} from './field-problems.ts';
import { DAY_MS, readInstant } from '#api/platform/shared/instant.ts';

const MOST_DOSES = 10;
const MOST_VISITED_UNITS = 20;
const OLDEST_TEST_DAYS = 365;
// A phone's clock may be a little ahead of the server's when a test was taken just now.
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const QUESTIONS = [
  'contactWithCase',
  'contactWithSymptomatic',
  'contactFromAffectedArea',
  'visitedEpidemicArea',
] as const;

type HealthDraft = NonNullable<DeclarationDraft['health']>;

export function checkHealth(health: HealthDraft, context: CheckContext): FieldProblemCode[] {
  return [
    ...at('health.symptoms', symptomsProblem(health.symptoms)),
    ...QUESTIONS.flatMap((question) => at(`health.${question}`, isBlank(health[question]) ? 'REQUIRED' : null)),
    ...checkVisitedUnits(health.visitedUnitCodes ?? [], context),
    ...checkTest(health, context.now),
    ...at('health.vaccineDoses', dosesProblem(health.vaccineDoses)),
  ];
}

function symptomsProblem(symptoms: HealthDraft['symptoms']): ProblemCode | null {
  if (isBlank(symptoms)) return 'REQUIRED';
  return symptoms.every((symptom) => choiceProblem(symptom, Symptom) === null) ? null : 'CHOICE';
}

function checkVisitedUnits(codes: readonly string[], context: CheckContext): FieldProblemCode[] {
  if (codes.length > MOST_VISITED_UNITS) return at('health.visitedUnitCodes', 'TOO_MANY');
  return codes.flatMap((code, index) =>
    at(`health.visitedUnitCodes.${index}`, context.unit(code) ? null : 'UNKNOWN_UNIT'),
  );
}

function checkTest({ testedAt, testNegative }: HealthDraft, now: Date): FieldProblemCode[] {
  if (isBlank(testedAt)) return at('health.testedAt', isBlank(testNegative) ? null : 'TEST_TIME_REQUIRED');
  return [
    ...at('health.testedAt', testTimeProblem(readInstant(testedAt), now)),
    ...at('health.testNegative', isBlank(testNegative) ? 'TEST_RESULT_REQUIRED' : null),
  ];
}

function testTimeProblem(testedAt: number | null, now: Date): ProblemCode | null {
  if (testedAt === null) return 'DATE_TIME';
  if (testedAt > now.getTime() + CLOCK_TOLERANCE_MS) return 'TEST_IN_FUTURE';
  return testedAt < now.getTime() - OLDEST_TEST_DAYS * DAY_MS ? 'TEST_TOO_LONG_AGO' : null;
}

function dosesProblem(doses: number | null | undefined): ProblemCode | null {
  if (isBlank(doses)) return 'REQUIRED';
  return Number.isInteger(doses) && doses >= 0 && doses <= MOST_DOSES ? null : 'DOSES';
}
