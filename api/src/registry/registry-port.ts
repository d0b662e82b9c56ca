/** What the population database is asked about one person: it answers to the combination, not to the number alone. */
export interface RegistryQuestion {
  /** Made by us, at most 40 characters: what the registry's operators find this call by. */
  requestId: string;
  /** 12 digits. */
  idNumber: string | null;
  /** The 9 digits of a CMND; without `idNumber` the registry demands it. */
  formerIdNumber: string | null;
  fullName: string;
  /** 1950-08-23, or 1950 where only the year is known. */
  dateOfBirth: string;
}

/** One person as the registry has them: nothing of parents, spouse or head of household passes this door. */
export interface RegistryRecord {
  idNumber: string | null;
  formerIdNumber: string | null;
  /** In one piece, family name first, as the registry spells it. */
  fullName: string;
  sex: 'FEMALE' | 'MALE' | null;
  /** A day or a year, as in the question. */
  dateOfBirth: string | null;
  permanent: { unitCode: string | null; line: string | null } | null;
}

/** Why there is no answer. NOT_AUTHORISED waits for people; TIMEOUT and FAULT may pass by themselves. */
export const RegistryFailure = { NOT_AUTHORISED: 'NOT_AUTHORISED', TIMEOUT: 'TIMEOUT', FAULT: 'FAULT' } as const;
export type RegistryFailure = keyof typeof RegistryFailure;

export type RegistryAnswer =
  | { kind: 'FOUND'; record: RegistryRecord }
  /** The combination matches nobody; the registry does not say which field differs. */
  | { kind: 'NOT_FOUND' }
  /** `detail` is a code or short words of ours, never words of the registry and nothing of a person. */
  | { kind: 'FAILED'; why: RegistryFailure; retryable: boolean; detail: string };

/** The National Population Database, as agencies reach it. An outage is an answer: `lookUp` throws for bugs only. */
export interface Registry {
  lookUp(question: RegistryQuestion, signal: AbortSignal): Promise<RegistryAnswer>;
}
