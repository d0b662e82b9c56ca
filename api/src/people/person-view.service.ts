import type { Keys } from '../platform/crypto/keys.ts';
import type { Locale } from '../platform/graphql/locale.ts';
import { maskBirthDate, maskName, maskNumber, maskPhone } from '../policy/masking.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { Address } from './address.entity.ts';
import { openIdentifiers, type Identifiers } from './identifiers.service.ts';
import type { Person } from './person.entity.ts';
import type { Sex } from './shared/sex.ts';

/** The columns that hold a person, of a citizen or of one form. */
export interface PersonRow {
  full_name: string;
  date_of_birth: string;
  sex: Sex;
  nationality: string;
  identifiers_sealed: Buffer | null;
  permanent_line: string | null;
  permanent_unit_id: string | null;
  temporary_line: string | null;
  temporary_unit_id: string | null;
}

/** What turns rows into what a reader may see. */
export interface ReaderView {
  territory: Territory;
  keys: Keys;
  locale: Locale;
}

/** Shows a row to its reader: whole to who may compare it with a card, masked to everybody else. Unseals only when asked. */
export class PersonView implements Person {
  readonly #row: PersonRow;
  readonly #view: ReaderView;
  readonly #whole: boolean;
  #identifiers: Identifiers | undefined;

  constructor(row: PersonRow, view: ReaderView, whole: boolean) {
    this.#row = row;
    this.#view = view;
    this.#whole = whole;
  }

  get fullName(): string {
    return this.#whole ? this.#row.full_name : maskName(this.#row.full_name);
  }

  get dateOfBirth(): string {
    return this.#whole ? this.#row.date_of_birth : maskBirthDate(this.#row.date_of_birth);
  }

  get sex(): Sex {
    return this.#row.sex;
  }

  get nationality(): string {
    return this.#row.nationality;
  }

  get idNumber(): string | null {
    return this.#whole ? (this.identifiers.idNumber ?? null) : null;
  }

  get passportNumber(): string | null {
    return this.#whole ? (this.identifiers.passportNumber ?? null) : null;
  }

  get phone(): string | null {
    return this.#whole ? (this.identifiers.phone ?? null) : null;
  }

  get documentMasked(): string | null {
    const number = this.identifiers.idNumber ?? this.identifiers.passportNumber;
    return number ? maskNumber(number) : null;
  }

  get phoneMasked(): string | null {
    return this.identifiers.phone ? maskPhone(this.identifiers.phone) : null;
  }

  get permanentAddress(): Address | null {
    return addressView(this.#view.territory, this.#row.permanent_line, this.#row.permanent_unit_id, this.#whole);
  }

  get temporaryAddress(): Address | null {
    return addressView(this.#view.territory, this.#row.temporary_line, this.#row.temporary_unit_id, this.#whole);
  }

  private get identifiers(): Identifiers {
    return (this.#identifiers ??= openIdentifiers(this.#view.keys, this.#row.identifiers_sealed));
  }
}

export function addressView(
  territory: Territory,
  line: string | null,
  unitId: string | null,
  whole: boolean,
): Address | null {
  if (unitId === null) return null;
  const unit = territory.byId(unitId);
  return whole ? { line, unit } : { line: null, unit: unit.level === 'COMMUNE' ? (unit.parent ?? unit) : unit };
}
