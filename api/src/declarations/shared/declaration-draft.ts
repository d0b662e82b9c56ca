import type { Sex } from '#api/people/shared/sex.ts';
import type { Instant } from '#api/platform/shared/instant.ts';

export type { Instant } from '#api/platform/shared/instant.ts';

export const Channel = { ONLINE: 'ONLINE', PAPER: 'PAPER', ASSISTED: 'ASSISTED', PARTNER: 'PARTNER' } as const;
export type Channel = keyof typeof Channel;

export const TravelPurpose = {
  WORK: 'WORK',
  HOME: 'HOME',
  MEDICAL: 'MEDICAL',
  GOODS: 'GOODS',
  OFFICIAL: 'OFFICIAL',
  STUDY: 'STUDY',
  FAMILY: 'FAMILY',
  OTHER: 'OTHER',
} as const;
export type TravelPurpose = keyof typeof TravelPurpose;

export const VehicleKind = {
  ON_FOOT: 'ON_FOOT',
  BICYCLE: 'BICYCLE',
  MOTORBIKE: 'MOTORBIKE',
  CAR: 'CAR',
  COACH: 'COACH',
  TRUCK: 'TRUCK',
  TRAIN: 'TRAIN',
  BOAT: 'BOAT',
  AIRCRAFT: 'AIRCRAFT',
} as const;
export type VehicleKind = keyof typeof VehicleKind;

export const Symptom = {
  FEVER: 'FEVER',
  COUGH: 'COUGH',
  SHORTNESS_OF_BREATH: 'SHORTNESS_OF_BREATH',
  PNEUMONIA: 'PNEUMONIA',
  SORE_THROAT: 'SORE_THROAT',
  FATIGUE: 'FATIGUE',
  LOSS_OF_TASTE_OR_SMELL: 'LOSS_OF_TASTE_OR_SMELL',
  OTHER: 'OTHER',
} as const;
export type Symptom = keyof typeof Symptom;

type Perhaps<T> = T | null | undefined;

export interface DeclaredAddress {
  line: string;
  unitCode: string;
}

export interface DeclaredPerson {
  fullName: string;
  dateOfBirth: string;
  sex: Sex;
  nationality: string;
  idNumber?: Perhaps<string>;
  passportNumber?: Perhaps<string>;
  noDocumentReason?: Perhaps<string>;
  phone?: Perhaps<string>;
  email?: Perhaps<string>;
  healthInsuranceNumber?: Perhaps<string>;
  permanentAddress?: Perhaps<DeclaredAddress>;
  temporaryAddress?: Perhaps<DeclaredAddress>;
}

export interface DeclaredJourney {
  purpose: TravelPurpose;
  originCode: string;
  destinationCode: string;
  destinationAddress: DeclaredAddress;
  departsAt: Instant;
  staysUntil?: Perhaps<string>;
  vehicle: VehicleKind;
  plate?: Perhaps<string>;
}

export interface HealthAnswers {
  symptoms: Symptom[];
  contactWithCase: boolean;
  contactWithSymptomatic: boolean;
  contactFromAffectedArea: boolean;
  visitedEpidemicArea: boolean;
  visitedUnitCodes: string[];
  testedAt?: Perhaps<Instant>;
  testNegative?: Perhaps<boolean>;
  vaccineDoses: number;
}

/** What the contract calls DeclarationInput: everything obligatory is there. */
export interface CompleteDeclaration {
  id: string;
  receiptSecret?: Perhaps<string>;
  person: DeclaredPerson;
  journey: DeclaredJourney;
  health: HealthAnswers;
  stayAddress?: Perhaps<DeclaredAddress>;
  onBehalf?: Perhaps<boolean>;
  paperFormNumber?: Perhaps<string>;
}

/** The same while it is being filled in: anything may still be missing. */
export type DeclarationDraft = Draft<CompleteDeclaration>;

type Draft<T> = T extends string | number | boolean | Date | readonly unknown[] | null | undefined
  ? T
  : { [Field in keyof T]?: Perhaps<Draft<T[Field]>> };
