import { HOUR_MS, readInstant, type Instant } from '#api/platform/shared/instant.ts';

/** All that a rule may speak of, of one person on one journey at one moment. Null: not known. */
export interface Facts {
  symptoms: readonly string[];
  contactWithCase: boolean;
  contactWithSymptomatic: boolean;
  contactFromAffectedArea: boolean;
  visitedEpidemicArea: boolean;
  testNegative: boolean | null;
  testAgeHours: number | null;
  vaccineDoses: number;
  /** Whole years on that day. */
  age: number | null;
  /** 0 in no zone, 1 to 4 the highest level of the zones that hold the place. */
  originLevel: number;
  destinationLevel: number;
  /** The highest of the places visited. */
  visitedLevel: number;
  purpose: string;
  vehicle: string;
  /** IN for entry rules and those in force everywhere, OUT for exit rules. */
  direction: 'IN' | 'OUT';
  /** ISO 3166-1 alpha-3. */
  nationality: string;
}

export type FactName = keyof Facts;

type FactKind =
  | { kind: 'YES_NO' }
  | { kind: 'NUMBER'; least: number; most: number }
  | { kind: 'CHOICE' | 'LIST'; values: readonly string[] }
  | { kind: 'TEXT'; pattern: RegExp };

const levels = { kind: 'NUMBER', least: 0, most: 4 } as const;
const yesNo = { kind: 'YES_NO' } as const;

/** The nationality of who has none, by ISO 3166-1: stands for all that a rule does not name. */
export const ofNobody = 'XXX';

/** What each fact can be: what the guard checks a rule by, and what an editor offers. The lists are those of the form. */
export const factKinds = {
  symptoms: {
    kind: 'LIST',
    values: [
      'FEVER',
      'COUGH',
      'SHORTNESS_OF_BREATH',
      'PNEUMONIA',
      'SORE_THROAT',
      'FATIGUE',
      'LOSS_OF_TASTE_OR_SMELL',
      'OTHER',
    ],
  },
  contactWithCase: yesNo,
  contactWithSymptomatic: yesNo,
  contactFromAffectedArea: yesNo,
  visitedEpidemicArea: yesNo,
  testNegative: yesNo,
  testAgeHours: { kind: 'NUMBER', least: 0, most: 10_000 },
  vaccineDoses: { kind: 'NUMBER', least: 0, most: 10 },
  age: { kind: 'NUMBER', least: 0, most: 150 },
  originLevel: levels,
  destinationLevel: levels,
  visitedLevel: levels,
  purpose: { kind: 'CHOICE', values: ['WORK', 'HOME', 'MEDICAL', 'GOODS', 'OFFICIAL', 'STUDY', 'FAMILY', 'OTHER'] },
  vehicle: {
    kind: 'CHOICE',
    values: ['ON_FOOT', 'BICYCLE', 'MOTORBIKE', 'CAR', 'COACH', 'TRUCK', 'TRAIN', 'BOAT', 'AIRCRAFT'],
  },
  direction: { kind: 'CHOICE', values: ['IN', 'OUT'] },
  nationality: { kind: 'TEXT', pattern: /^[A-Z]{3}$/ },
} as const satisfies Record<FactName, FactKind>;

export const factNames = Object.keys(factKinds) as FactName[];

export const kindOf = (name: FactName): FactKind => factKinds[name];

export function isFactName(name: unknown): name is FactName {
  return typeof name === 'string' && Object.hasOwn(factKinds, name);
}

/** What is declared, as far as rules speak of it. */
export interface Declared {
  health: {
    symptoms: readonly string[];
    contactWithCase: boolean;
    contactWithSymptomatic: boolean;
    contactFromAffectedArea: boolean;
    visitedEpidemicArea: boolean;
    testedAt?: Instant | null | undefined;
    testNegative?: boolean | null | undefined;
    vaccineDoses: number;
  };
  purpose: string;
  vehicle: string;
  nationality: string;
  /** Whole years on the day of the moment; null where it is not known. */
  age: number | null;
}

export interface Levels {
  origin: number;
  destination: number;
  visited: number;
}

// A phone's clock may be a little ahead of the server's when a test was taken just now.
const CLOCK_TOLERANCE_HOURS = 5 / 60;

/** Null where there is no test, or none yet. */
function testAgeHours(testedAt: Instant | null | undefined, at: Date): number | null {
  const tested = testedAt === null || testedAt === undefined ? null : readInstant(testedAt);
  if (tested === null) return null;
  const hours = (at.getTime() - tested) / HOUR_MS;
  return hours < -CLOCK_TOLERANCE_HOURS ? null : Math.max(0, hours);
}

/** The facts of a declaration at a moment. The same answers age: whoever judges later passes a later moment. */
export function factsOf({ health, purpose, vehicle, nationality, age }: Declared, levels: Levels, at: Date): Facts {
  const { symptoms, contactWithCase, contactWithSymptomatic, contactFromAffectedArea, visitedEpidemicArea } = health;
  return {
    symptoms,
    contactWithCase,
    contactWithSymptomatic,
    contactFromAffectedArea,
    visitedEpidemicArea,
    testNegative: health.testNegative ?? null,
    testAgeHours: testAgeHours(health.testedAt, at),
    vaccineDoses: health.vaccineDoses,
    age,
    originLevel: levels.origin,
    destinationLevel: levels.destination,
    visitedLevel: levels.visited,
    purpose,
    vehicle,
    direction: 'IN',
    nationality,
  };
}
