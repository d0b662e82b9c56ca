import { normaliseDeclaration } from '#api/declarations/shared/declaration-checks.ts';
import type {
  CompleteDeclaration,
  DeclarationDraft,
  Symptom,
  TravelPurpose,
  VehicleKind,
} from '#api/declarations/shared/declaration-draft.ts';
import type { UnitFacts } from '#api/declarations/shared/field-problems.ts';
import { formatBirthDate, readBirthDate } from '#api/people/shared/birth-date.ts';
import type { Sex } from '#api/people/shared/sex.ts';
import { readWrittenDocument } from '#api/people/shared/written-document.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';

type Answer = 'YES' | 'NO' | null;
export const QUESTIONS = [
  'contactWithCase',
  'contactFromAffectedArea',
  'contactWithSymptomatic',
  'visitedEpidemicArea',
] as const;

/** A form as it stands on the paper, while it is keyed in. Null and '': not answered yet. */
export interface PaperForm extends Record<(typeof QUESTIONS)[number], Answer> {
  number: string;
  fullName: string;
  born: string;
  sex: Sex | null;
  nationality: string;
  /** CCCD, CMND or passport, whichever is written there. */
  document: string;
  noDocumentReason: string;
  phone: string;
  permanent: PickedUnit | null;
  permanentLine: string;
  destination: PickedUnit | null;
  destinationLine: string;
  origin: PickedUnit | null;
  purpose: TravelPurpose | null;
  vehicle: VehicleKind | null;
  plate: string;
  departsOn: string;
  /** The last day of the stay; empty where it is not written. */
  staysUntil: string;
  symptoms: Symptom[] | null;
  visited: PickedUnit | null;
  tested: 'NO' | 'NEGATIVE' | 'POSITIVE' | null;
  testedOn: string;
  doses: string | null;
}

/** Who, of a form. */
export type KeyedPerson = Pick<
  PaperForm,
  | 'fullName'
  | 'born'
  | 'sex'
  | 'nationality'
  | 'document'
  | 'noDocumentReason'
  | 'phone'
  | 'permanent'
  | 'permanentLine'
>;

export function newPaperForm(nowMs: number): PaperForm {
  const journey = { destination: null, destinationLine: '', origin: null, purpose: null, vehicle: null, plate: '' };
  const health = { symptoms: null, visited: null, tested: null, testedOn: '', doses: null };
  return {
    number: '',
    fullName: '',
    born: '',
    sex: null,
    nationality: 'VNM',
    document: '',
    noDocumentReason: '',
    phone: '',
    permanent: null,
    permanentLine: '',
    ...journey,
    departsOn: formatBirthDate(vietnamDate(new Date(nowMs))),
    staysUntil: '',
    ...health,
    contactWithCase: null,
    contactFromAffectedArea: null,
    contactWithSymptomatic: null,
    visitedEpidemicArea: null,
  };
}

/** What people who travel together share, and what one key repeats: never who they are, nor how they feel. */
export type Repeated = Pick<
  PaperForm,
  | 'permanent'
  | 'permanentLine'
  | 'destination'
  | 'destinationLine'
  | 'origin'
  | 'purpose'
  | 'vehicle'
  | 'plate'
  | 'staysUntil'
>;
export function repeatedOf(form: PaperForm): Repeated {
  const { permanent, permanentLine, destination, destinationLine, origin, purpose, vehicle, plate, staysUntil } = form;
  return { permanent, permanentLine, destination, destinationLine, origin, purpose, vehicle, plate, staysUntil };
}

/** The contract's input as far as the form is filled in. */
export function declarationOf(form: PaperForm, nowMs: number): DeclarationDraft {
  return normaliseDeclaration({
    person: personOf(form),
    journey: journeyOf(form, nowMs),
    health: healthOf(form),
    paperFormNumber: form.number,
  });
}

/** Once no rule is broken, nothing is missing. */
export const completed = (form: PaperForm, id: string, nowMs: number): CompleteDeclaration =>
  ({ ...declarationOf(form, nowMs), id }) as CompleteDeclaration;

export function personOf(form: KeyedPerson): NonNullable<DeclarationDraft['person']> {
  const { fullName, born, sex, nationality, document, noDocumentReason, phone, permanent, permanentLine } = form;
  return {
    fullName,
    dateOfBirth: born,
    sex,
    nationality,
    ...readWrittenDocument(document),
    noDocumentReason: document ? '' : noDocumentReason,
    phone,
    permanentAddress: { unitCode: permanent?.code ?? '', line: permanentLine },
  };
}

function journeyOf(form: PaperForm, nowMs: number): NonNullable<DeclarationDraft['journey']> {
  const { purpose, origin, destination, destinationLine, departsOn, staysUntil, vehicle, plate } = form;
  return {
    purpose,
    originCode: origin?.code ?? '',
    destinationCode: destination?.code ?? '',
    destinationAddress: { line: destinationLine, unitCode: destination?.code ?? '' },
    departsAt:
      readBirthDate(departsOn) === vietnamDate(new Date(nowMs)) ? new Date(nowMs).toISOString() : startOf(departsOn),
    vehicle,
    plate,
    staysUntil,
  };
}

function healthOf(form: PaperForm): NonNullable<DeclarationDraft['health']> {
  const answers = Object.fromEntries(
    QUESTIONS.map((question) => [question, form[question] === null ? undefined : form[question] === 'YES']),
  );
  const isTested = form.tested === 'NEGATIVE' || form.tested === 'POSITIVE';
  return {
    ...answers,
    symptoms: form.symptoms ?? undefined,
    visitedUnitCodes: form.visitedEpidemicArea === 'YES' && form.visited ? [form.visited.code] : [],
    // A result without a day is what the checks object to, not a day without one.
    testedAt: isTested ? startOf(form.testedOn) : undefined,
    testNegative: isTested ? form.tested === 'NEGATIVE' : undefined,
    vaccineDoses: form.doses === null ? undefined : Number(form.doses),
  };
}

/** The start of a day that was written, in Vietnam's time. What is no day stays unreadable, and the checks say so. */
function startOf(written: string): string {
  const day = readBirthDate(written);
  return day?.length === 10 ? `${day}T00:00:00+07:00` : written && 'unread';
}

/** The units that a form holds, as the checks ask for them. */
export function unitFacts(held: readonly (PickedUnit | null)[]): (code: string) => UnitFacts | undefined {
  return (code) => {
    const unit = held.find((each) => each?.code === code);
    return unit ? { code, level: unit.level, path: [...[...unit.above].reverse(), code] } : undefined;
  };
}

export const unitsOf = ({ permanent, destination, origin, visited }: PaperForm) => [
  permanent,
  destination,
  origin,
  visited,
];
