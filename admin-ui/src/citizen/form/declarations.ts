import type { DeclarationDraft } from '#api/declarations/shared/declaration-draft.ts';
import type { UnitFacts } from '#api/declarations/shared/field-problems.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';
import { travellers, type AddressDraft, type Draft, type PersonDraft, type Question } from './draft.ts';

type HealthInput = NonNullable<DeclarationDraft['health']>;

/** The contract's inputs as far as the form is filled in, one for each who travels, the first person's first. */
export function declarationsOf(draft: Draft, nowMs: number): DeclarationDraft[] {
  return travellers(draft).map((person) => ({
    person: personInput(person, draft),
    journey: journeyInput(draft, nowMs),
    health: healthInput(draft, person.key),
    stayAddress: address(draft.journey.stay),
    onBehalf: draft.onBehalf || person !== draft.people[0],
  }));
}

function personInput(person: PersonDraft, draft: Draft): NonNullable<DeclarationDraft['person']> {
  const { fullName, born, sex, nationality, phone, email, healthInsuranceNumber, temporary } = person;
  return {
    fullName,
    dateOfBirth: born,
    sex,
    nationality,
    idNumber: person.document === 'ID' ? person.idNumber : '',
    passportNumber: person.document === 'PASSPORT' ? person.passportNumber : '',
    phone,
    email,
    healthInsuranceNumber,
    permanentAddress: address(person.permanent ?? draft.people[0]?.permanent ?? null),
    temporaryAddress: address(temporary),
  };
}

function journeyInput({ journey }: Draft, nowMs: number): NonNullable<DeclarationDraft['journey']> {
  const { destination, destinationLine, origin, purpose, vehicle, plate, departure, departsAt, staysUntil } = journey;
  return {
    purpose,
    originCode: origin?.code ?? '',
    destinationCode: destination?.code ?? '',
    destinationAddress: { line: destinationLine, unitCode: destination?.code ?? '' },
    departsAt: departure === 'NOW' ? new Date(nowMs).toISOString() : vietnamInstant(departsAt),
    vehicle,
    plate: hasPlate(vehicle) ? plate : '',
    ...(staysUntil ? { staysUntil } : {}),
  };
}

/** Undefined for what is not answered yet: the checks then ask for it. */
function healthInput(draft: Draft, key: string): HealthInput {
  const { symptoms, visited, tests, doses } = draft.health;
  const answered = (question: Question): boolean | undefined => answerOf(draft, question, key);
  const ill = answered('symptoms');
  const tested = answered('tested') ? tests[key] : undefined;
  return {
    symptoms: ill ? (symptoms[key]?.length ? symptoms[key] : undefined) : ill === false ? [] : undefined,
    contactWithCase: answered('contactWithCase'),
    contactWithSymptomatic: answered('contactWithSymptomatic'),
    contactFromAffectedArea: answered('contactFromAffectedArea'),
    visitedEpidemicArea: answered('visitedEpidemicArea'),
    visitedUnitCodes: answered('visitedEpidemicArea') ? visited.map(({ code }) => code) : [],
    testedAt: tested ? testTime(tested.at, tested.result) : undefined,
    testNegative: tested?.result ? tested.result === 'NEGATIVE' : undefined,
    vaccineDoses: doses[key] ? Number(doses[key]) : undefined,
  };
}

// Who was tested and says nothing more is asked for the result first: a time without one is what the checks object to.
function testTime(at: string, result: string | null): string {
  return at === '' && result === null ? new Date(0).toISOString() : vietnamInstant(at);
}

function answerOf(draft: Draft, question: Question, key: string): boolean | undefined {
  const { answer, who } = draft.health.asked[question];
  if (answer === null) return undefined;
  if (answer === 'NO') return false;
  const present = travellers(draft).map((person) => person.key);
  if (present.length === 1) return true;
  return present.some((each) => who.includes(each)) ? who.includes(key) : undefined;
}

/** What moves on wheels of its own, or has a number of its service. */
export function hasPlate(vehicle: string | null): boolean {
  return vehicle !== null && vehicle !== 'ON_FOOT' && vehicle !== 'BICYCLE';
}

function vietnamInstant(local: string): string {
  return local ? `${local.slice(0, 16)}:00+07:00` : '';
}

function address(draft: AddressDraft | null) {
  return draft ? { unitCode: draft.unit?.code ?? '', line: draft.line } : undefined;
}

/** The units that the form holds, as the checks ask for them. */
export function unitFacts(draft: Draft): (code: string) => UnitFacts | undefined {
  const { destination, origin, stay } = draft.journey;
  const people = draft.people.flatMap(({ permanent, temporary }) => [permanent?.unit, temporary?.unit]);
  const units = [destination, origin, stay?.unit, ...people, ...draft.health.visited].filter((unit) => !!unit);
  const facts = new Map(units.map((unit) => [unit.code, toFacts(unit)]));
  return (code) => facts.get(code);
}

function toFacts({ code, level, above }: PickedUnit): UnitFacts {
  return { code, level, path: [...[...above].reverse(), code] };
}
