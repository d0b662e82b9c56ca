import { reachOfNamed } from '../territory/reach.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';

/** The units that lie right below one, of whichever day: what its rows are grouped by. */
export class UnitsBelow {
  readonly #territory: Territory;
  readonly #unit: AdministrativeUnit;
  readonly #within: ReadonlySet<string> | null;

  constructor(territory: Territory, unit: AdministrativeUnit) {
    this.#territory = territory;
    this.#unit = unit;
    this.#within = unit.level === 'NATION' ? null : reachOfNamed(territory, unit).allIds;
  }

  /** The one that a unit lies in; what stands at the unit itself stays there. Of what was merged into it, the widest that was. */
  above(unitId: string): AdministrativeUnit {
    const unit = this.#territory.byId(unitId);
    const steps = this.#territory.path(unit).filter((step) => step !== this.#unit && this.holds(step.id));
    return steps.at(-1) ?? unit;
  }

  holds(unitId: string): boolean {
    return this.#within?.has(unitId) ?? true;
  }

  get unitId(): string {
    return this.#unit.id;
  }
}
