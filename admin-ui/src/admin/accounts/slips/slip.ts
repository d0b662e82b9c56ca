/** One person's paper: how to sign in for the first time. */
export interface Slip {
  fullName: string;
  unit: string;
  username: string;
  oneTimePassword: string;
  /** Where to sign in. */
  address: string;
}

export interface SlipTexts {
  title: string;
  unit: string;
  address: string;
  username: string;
  oneTimePassword: string;
  note: string;
}
