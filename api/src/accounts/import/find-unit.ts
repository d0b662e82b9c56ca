import { fold } from '../../platform/shared/text.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import type { Territory } from '../../territory/territory.service.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';

export type FoundUnit = { unit: AdministrativeUnit } | { problem: 'UNKNOWN_UNIT' | 'AMBIGUOUS_UNIT' };

// Spreadsheet programs take the zeros off a code: 38 or 038, 1 or 00001.
const codeLengths = [2, 3, 5];

/** Finds units as people write them: by code, or by name with as much of the path as tells it from others. */
export class UnitFinder {
  readonly #territory: Territory;
  readonly #byName = new Map<string, Set<AdministrativeUnit>>();
  readonly #found = new Map<string, FoundUnit>();

  /** Names are looked for within a unit; those outside would only make them ambiguous. */
  constructor(territory: Territory, within: AdministrativeUnit) {
    this.#territory = territory;
    const today = vietnamDate(new Date());
    const units = territory
      .within(within)
      .filter(({ validFrom, validTo }) => validFrom <= today && (validTo === null || today <= validTo));
    const names = new PlainNames();
    for (const unit of units)
      for (const name of names.of(unit, territory.path(unit).slice(1)))
        this.#byName.set(name, (this.#byName.get(name) ?? new Set()).add(unit));
  }

  find(text: string): FoundUnit {
    const known = this.#found.get(text) ?? this.#look(text);
    this.#found.set(text, known);
    return known;
  }

  #look(text: string): FoundUnit {
    const exact = this.#territory.byCode(text.toUpperCase());
    if (exact) return { unit: exact };
    const candidates = /^\d{1,5}$/.test(text) ? this.#withoutZeros(text) : this.#byName.get(plain(text));
    const [unit, ...others] = candidates ?? [];
    if (!unit) return { problem: 'UNKNOWN_UNIT' };
    return others.length > 0 ? { problem: 'AMBIGUOUS_UNIT' } : { unit };
  }

  #withoutZeros(digits: string): AdministrativeUnit[] {
    const codes = codeLengths.filter((length) => length > digits.length).map((length) => digits.padStart(length, '0'));
    return codes.map((code) => this.#territory.byCode(code)).filter((unit) => unit !== undefined);
  }
}

const plain = (text: string) =>
  fold(text)
    .replace(/[,.\-–/]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Each unit's names are made plain once: over and over, those of a whole nation take seconds. */
class PlainNames {
  readonly #known = new Map<AdministrativeUnit, { name: string; fullName: string }>();

  /** The name and the full name, each alone and with the units above it, nearest first. */
  of(unit: AdministrativeUnit, above: AdministrativeUnit[]): string[] {
    const own = this.#plain(unit);
    const names = [own.name, own.fullName];
    let [short, long] = ['', ''];
    const paths = above.flatMap((step) => {
      const { name, fullName } = this.#plain(step);
      [short, long] = [`${short} ${name}`, `${long} ${fullName}`];
      return [short, long];
    });
    return names.flatMap((name) => [name, ...paths.map((path) => name + path)]);
  }

  #plain(unit: AdministrativeUnit): { name: string; fullName: string } {
    const known = this.#known.get(unit) ?? { name: plain(unit.name), fullName: plain(unit.fullName) };
    this.#known.set(unit, known);
    return known;
  }
}
