import type { Scope } from '../policy/policy.ts';
import type { PeopleRow } from './movement.queries.ts';
import type { ReportGroup } from './report-group.ts';
import type { UnitsBelow } from './units-below.ts';

const byPlace: readonly ReportGroup[] = ['DAY', 'CHECKPOINT', 'UNIT'];

/** The different people of one day. Those of two places are no sum: of a unit they were counted for the unit as a whole. */
export class PeopleCounts {
  readonly #rows: readonly PeopleRow[];
  readonly #scope: Scope;
  readonly #units: UnitsBelow;

  constructor(rows: readonly PeopleRow[], scope: Scope, units: UnitsBelow) {
    this.#rows = rows;
    this.#scope = scope;
    this.#units = units;
  }

  of(keys: readonly string[], groups: readonly ReportGroup[]): number | null {
    if (groups.some((group) => !byPlace.includes(group))) return null;
    const checkpoint = keys[groups.indexOf('CHECKPOINT')];
    if (checkpoint) return this.#atCheckpoint(checkpoint);
    const unit = keys[groups.indexOf('UNIT')];
    return unit ? this.#inUnit(unit) : this.total();
  }

  total(): number | null {
    const { checkpointIds } = this.#scope;
    if (checkpointIds) return checkpointIds.length === 1 ? this.#atCheckpoint(checkpointIds[0] ?? '') : null;
    const whole = this.#rows.filter(({ unit_id: id, place }) => place === '' && id === this.#units.unitId);
    return whole.length > 0 ? sum(whole) : this.#ofUnitsBelow();
  }

  /** Of the country, and of a province that others were merged into: each province's are counted by themselves. */
  #ofUnitsBelow(): number {
    return sum(this.#rows.filter(({ unit_id: id, place }) => place === '' && this.#units.above(id).id === id));
  }

  /** Nobody knows of how many of two units it is that it stood in on one day. */
  #atCheckpoint(id: string): number | null {
    const rows = this.#rows.filter(({ place }) => place === id);
    return rows.length > 1 ? null : sum(rows);
  }

  #inUnit(id: string): number | null {
    if (this.#scope.checkpointIds) return null;
    // At the unit itself only what does not lie in one below it is counted.
    if (id === this.#units.unitId) return null;
    return sum(this.#rows.filter(({ unit_id, place }) => place === '' && unit_id === id));
  }
}

const sum = (rows: readonly PeopleRow[]): number => rows.reduce((total, { people }) => total + people, 0);
