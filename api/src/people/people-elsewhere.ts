import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';

/** A citizen by province and id. */
export interface PersonKey {
  province_code: string;
  id: string;
}

/** What rooms above know of people: this one knows neither declarations nor passages, and is given both when it is wired. */
export interface PeopleElsewhere {
  /** Which of these a declaration or passage names that the scope reaches, they or whoever is merged into them. */
  reached(tx: Transaction, scope: Scope, people: readonly PersonKey[]): Promise<PersonKey[]>;
  /** Who is named by a declaration that the scope reaches and that has one of these phone numbers. */
  withPhone(tx: Transaction, scope: Scope, hashes: Buffer[]): Promise<PersonKey[]>;
  /** Whose declaration has this code, as it was typed, as far as the scope reaches it. */
  withCode(tx: Transaction, scope: Scope, typed: string): Promise<PersonKey[]>;
}
