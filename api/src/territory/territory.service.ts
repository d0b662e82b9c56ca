import { fold } from '../platform/shared/text.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { heirOf } from './succession.service.ts';
import { holdsOn, type AdministrativeUnit } from './unit.entity.ts';
import { Zones } from './zones/zones.service.ts';

const searchLimit = 20;

export interface UnitFilter {
  parentCode?: string | null;
  level?: string | null;
  at?: string | null;
}

interface SearchEntry {
  unit: AdministrativeUnit;
  name: string;
  path: string;
  /** Of its own name and those above it, nearest first: tpqxth. */
  initials: string;
}

/** All administrative units, in memory: read once at start, replaced whole when a reform is imported. */
export class Territory {
  readonly #byId = new Map<string, AdministrativeUnit>();
  readonly #byCode = new Map<string, AdministrativeUnit[]>();
  readonly #search: SearchEntry[] = [];
  readonly zones = new Zones(this);

  constructor(units: AdministrativeUnit[]) {
    for (const unit of units) {
      this.#byId.set(unit.id, unit);
      this.#byCode.set(unit.code, [...(this.#byCode.get(unit.code) ?? []), unit]);
    }
    for (const unit of units)
      this.#search.push({
        unit,
        name: fold(unit.fullName),
        path: fold(
          this.path(unit)
            .map((step) => step.fullName)
            .join(' '),
        ),
        initials: initialsOf(this.path(unit)),
      });
  }

  get nation(): AdministrativeUnit {
    return this.byId('VN@2021');
  }

  byId(id: string): AdministrativeUnit {
    const unit = this.#byId.get(id);
    if (!unit) throw new Error(`No administrative unit ${id}.`);
    return unit;
  }

  find(id: string): AdministrativeUnit | undefined {
    return this.#byId.get(id);
  }

  /** The unit that bore a code on a day of the calendar in Vietnam. */
  byCode(code: string, on: string = vietnamDate(new Date())): AdministrativeUnit | undefined {
    return this.#byCode.get(code)?.find((unit) => holdsOn(unit, on));
  }

  /** The unit that somebody asks for: by its code of a day (today), or by id where one of another day is meant. */
  named(codeOrId: string, on?: string): AdministrativeUnit | undefined {
    return codeOrId.includes('@') ? this.find(codeOrId) : this.byCode(codeOrId, on);
  }

  /** What a unit means today: itself, or what took its whole place. */
  today(id: string): AdministrativeUnit {
    return heirOf(this.byId(id), vietnamDate(new Date()));
  }

  /** Who bears a code today, or bore it last. */
  bearer(code: string): AdministrativeUnit | undefined {
    return this.byCode(code) ?? this.#byCode.get(code)?.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  }

  /** All there ever were, of every level. */
  get all(): IterableIterator<AdministrativeUnit> {
    return this.#byId.values();
  }

  /** From the unit itself up to the province, nearest first. */
  path(unit: AdministrativeUnit): AdministrativeUnit[] {
    const steps: AdministrativeUnit[] = [];
    for (let step: AdministrativeUnit | null = unit; step && step.level !== 'NATION'; step = step.parent)
      steps.push(step);
    return steps;
  }

  contains(outer: AdministrativeUnit, inner: AdministrativeUnit): boolean {
    for (let step: AdministrativeUnit | null = inner; step; step = step.parent) if (step === outer) return true;
    return false;
  }

  /** A unit and all below it, of any day. */
  within(unit: AdministrativeUnit): AdministrativeUnit[] {
    return [unit, ...unit.below.flatMap((child) => this.within(child))];
  }

  list(filter: UnitFilter): AdministrativeUnit[] {
    const at = filter.at ?? vietnamDate(new Date());
    const parent = this.byCode(filter.parentCode ?? 'VN', at);
    const units = (parent ? this.within(parent).slice(1) : []).filter((unit) => holdsOn(unit, at));
    const level = filter.level ?? parent?.below.find((unit) => holdsOn(unit, at))?.level;
    return units.filter((unit) => unit.level === level);
  }

  /**
   * Finds units by words anywhere in their path, with or without diacritics, or by its initials; those whose own name matches
   * come first, and of those that match alike, those of the province `near`. With `past`, behind those of the day, those that are
   * gone by then: what people still call a place.
   */
  search(
    text: string,
    filter: UnitFilter & { past?: boolean | null; near?: string | undefined } = {},
  ): AdministrativeUnit[] {
    const words = fold(text).split(' ').filter(Boolean);
    if (words.length === 0) return [];
    const at = filter.at ?? vietnamDate(new Date());
    const parent = filter.parentCode ? this.byCode(filter.parentCode, at) : undefined;
    const matching = this.#search.filter(
      ({ unit, path, initials }) =>
        (!filter.level || unit.level === filter.level) &&
        (!parent || this.contains(parent, unit)) &&
        unit.level !== 'NATION' &&
        (words.every((word) => path.includes(word)) || initials.startsWith(words.join(''))),
    );
    const current = matching.filter(({ unit }) => holdsOn(unit, at));
    const gone = filter.past ? matching.filter(({ unit }) => unit.validTo !== null && unit.validTo < at) : [];
    // A place that was called so is found before one of today that only happens to have these words somewhere.
    const found = [...best(current, words, filter.near), ...best(gone, words, filter.near)];
    const kept = new Set(found.toSorted((a, b) => rank(a, words) - rank(b, words)).slice(0, searchLimit));
    return found.filter((entry) => kept.has(entry)).map(({ unit }) => unit);
  }
}

function best(entries: SearchEntry[], words: string[], near: string | undefined): SearchEntry[] {
  const away = ({ unit }: SearchEntry) => Number(unit.provinceCode !== near);
  return entries
    .map((entry) => ({ entry, rank: rank(entry, words) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        away(a.entry) - away(b.entry) ||
        height(a.entry.unit) - height(b.entry.unit) ||
        a.entry.path.localeCompare(b.entry.path),
    )
    .slice(0, searchLimit)
    .map(({ entry }) => entry);
}

const initialsOf = (path: AdministrativeUnit[]): string =>
  path
    .flatMap(({ name }) =>
      fold(name)
        .split(' ')
        .map((word) => word.slice(0, 1)),
    )
    .join('');

const levels = ['NATION', 'PROVINCE', 'DISTRICT', 'COMMUNE'];
const height = (unit: AdministrativeUnit) => levels.indexOf(unit.level);

/** Lower is better: the whole text in the own name, then in order in the path, then scattered, then as initials. */
function rank({ name, path }: SearchEntry, words: string[]): number {
  const phrase = words.join(' ');
  if (name.endsWith(phrase)) return 0;
  if (` ${name}`.includes(` ${phrase}`)) return 1;
  if (` ${path}`.includes(` ${phrase}`)) return 2;
  if (path.includes(phrase)) return 3;
  return words.every((word) => path.includes(word)) ? 4 : 5;
}
