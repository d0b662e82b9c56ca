import type { Symptom, TravelPurpose, VehicleKind } from '#api/declarations/shared/declaration-draft.ts';
import type { CompleteDeclaration } from '#api/declarations/shared/declaration-draft.ts';
import type { Sex } from '#api/people/shared/sex.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';
import type { Work } from '../work/work.ts';

/** As many as the server takes at once; declaration-checks.ts says so, which is fetched later. */
export const MOST_TOGETHER = 50;

export interface AddressDraft {
  unit: PickedUnit | null;
  line: string;
}

export interface PersonDraft {
  key: string;
  fullName: string;
  born: string;
  sex: Sex | null;
  nationality: string;
  document: 'ID' | 'PASSPORT';
  idNumber: string;
  passportNumber: string;
  phone: string;
  email: string;
  healthInsuranceNumber: string;
  /** Of a companion null: the same as the first person's, so that a family types its address once. */
  permanent: AddressDraft | null;
  temporary: AddressDraft | null;
}

export interface JourneyDraft {
  destination: PickedUnit | null;
  destinationLine: string;
  /** Null: at the destination. */
  stay: AddressDraft | null;
  origin: PickedUnit | null;
  purpose: TravelPurpose | null;
  vehicle: VehicleKind | null;
  plate: string;
  departure: 'NOW' | 'LATER';
  /** As a datetime-local field writes it: Vietnam's time, no offset. */
  departsAt: string;
  /** The last day of the stay, as typed; absent or empty where it is not said. */
  staysUntil?: string;
}

export const QUESTIONS = [
  'symptoms',
  'contactWithCase',
  'contactFromAffectedArea',
  'contactWithSymptomatic',
  'visitedEpidemicArea',
  'tested',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** A question asked once of all who travel: nobody, or the ones that are ticked. */
export interface Asked {
  answer: 'NO' | 'YES' | null;
  who: string[];
}

export interface HealthDraft {
  asked: Record<Question, Asked>;
  symptoms: Record<string, Symptom[]>;
  visited: PickedUnit[];
  tests: Record<string, { at: string; result: 'NEGATIVE' | 'POSITIVE' | null }>;
  doses: Record<string, string | null>;
}

/** What was sent and not answered yet: sent again as it is, ids and secrets too, it gives the same result. */
export interface Pending {
  inputs: CompleteDeclaration[];
  content: string;
  /** What the server asked to be computed for it. */
  work?: Work;
}

/** What the code on a checkpoint's sign stood for when it was read. */
export type ReadSign =
  | { kind: 'OPEN'; name: string; near: { code: string; path: string } }
  | { kind: 'CLOSED'; name: string }
  | { kind: 'UNKNOWN' };

export interface Draft {
  version: 1;
  /** 0: the page of a person who declared before on this phone; 1 to 4: the screens of the form. */
  step: number;
  onBehalf: boolean;
  people: PersonDraft[];
  /** Keys of those who stay behind this time. */
  absent: string[];
  journey: JourneyDraft;
  health: HealthDraft;
  pending: Pending | null;
  /** The checkpoint where the form was opened. */
  sign?: Extract<ReadSign, { kind: 'OPEN' }>;
  savedAt: number;
}

export function newPerson(first: boolean): PersonDraft {
  return {
    key: Math.random().toString(36).slice(2, 10),
    fullName: '',
    born: '',
    sex: null,
    nationality: 'VNM',
    document: 'ID',
    idNumber: '',
    passportNumber: '',
    phone: '',
    email: '',
    healthInsuranceNumber: '',
    permanent: first ? { unit: null, line: '' } : null,
    temporary: null,
  };
}

export function newHealth(): HealthDraft {
  const asked = Object.fromEntries(QUESTIONS.map((question) => [question, { answer: null, who: [] }]));
  return { asked: asked as unknown as HealthDraft['asked'], symptoms: {}, visited: [], tests: {}, doses: {} };
}

function newJourney(): JourneyDraft {
  return {
    destination: null,
    destinationLine: '',
    stay: null,
    origin: null,
    purpose: null,
    vehicle: null,
    plate: '',
    departure: 'NOW',
    departsAt: '',
  };
}

export function newDraft(onBehalf = false): Draft {
  return {
    version: 1,
    step: 1,
    onBehalf,
    people: [newPerson(true)],
    absent: [],
    journey: newJourney(),
    health: newHealth(),
    pending: null,
    savedAt: 0,
  };
}

export function travellers(draft: Draft): PersonDraft[] {
  return draft.people.filter(({ key }) => !draft.absent.includes(key));
}
