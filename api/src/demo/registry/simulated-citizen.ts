import type { Sex } from '../../people/shared/sex.ts';

/** A person of the simulated population database, with what it would also tell and Cordon must not take in. */
export interface SimulatedCitizen {
  idNumber: string;
  formerIdNumber: string | null;
  fullName: string;
  sex: Sex;
  /** 1950-08-23, or 1950. */
  dateOfBirth: string;
  address: { communeCode: string; line: string };
  father: string;
  mother: string;
  spouse: string | null;
}
