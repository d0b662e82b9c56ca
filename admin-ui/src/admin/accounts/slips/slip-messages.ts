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

/** What the worker is asked, and what it answers. */
export interface SlipQuestion {
  slips: Slip[];
  texts: SlipTexts;
  fonts: { normal: string; bold: string };
}
export type SlipAnswer = { pdf: Blob } | { failed: true };
