import type { Transaction } from '../../platform/database/transaction.ts';
import type { PersonKey } from './search.ts';
import { samePeople, type SamePersonRow } from './traced-people.queries.ts';

export interface Citizen {
  province: string;
  id: string;
}

export const citizenOf = (row: { province_code: string; citizen_id: string }): Citizen => ({
  province: row.province_code,
  id: row.citizen_id,
});

interface Person {
  key: PersonKey;
  /** All their citizens, with whoever they are merged with, in all provinces. */
  citizens: Citizen[];
  /** Whom they stand as, the best known first: in the case's province, else by province. */
  standing: Citizen[];
}

const rowKey = (province: string, id: string) => `${province}/${id}`;

/** Who is who during one trace: citizens of several provinces, and merged ones, are one person by merging and by their numbers. */
export class TracedPeople {
  readonly #tx: Transaction;
  readonly #provinces: readonly string[];
  readonly #home: string;
  readonly #byRow = new Map<string, Person>();
  readonly #byKey = new Map<PersonKey, Person>();

  constructor(tx: Transaction, provinces: readonly string[], home: string) {
    this.#tx = tx;
    this.#provinces = provinces;
    this.#home = home;
  }

  /** Looks up in one statement who these are; who is known already is not asked about again. */
  async learn(citizens: readonly Citizen[]): Promise<void> {
    const unknown = new Map<string, Citizen>();
    for (const one of citizens) {
      const key = rowKey(one.province, one.id);
      if (!this.#byRow.has(key)) unknown.set(key, one);
    }
    if (unknown.size === 0) return;
    const rows = await samePeople(this.#tx, this.#provinces, [...unknown.values()]);
    for (const group of groupsOf(rows)) this.#add(group);
  }

  keyOf({ province, id }: Citizen): PersonKey {
    const person = this.#byRow.get(rowKey(province, id));
    if (!person) throw new Error('Somebody in a trace was not looked up.');
    return person.key;
  }

  citizensOf(key: PersonKey): readonly Citizen[] {
    return this.#byKey.get(key)?.citizens ?? [];
  }

  /** Where they are known best. */
  standingOf(key: PersonKey): Citizen {
    const [best] = this.#byKey.get(key)?.standing ?? [];
    if (!best) throw new Error('Somebody in a trace was not looked up.');
    return best;
  }

  #add(rows: SamePersonRow[]): void {
    const citizens = distinct(
      rows.map(({ province_code, citizen_id }) => ({ province: province_code, id: citizen_id })),
    );
    const standing = distinct(rows.map(({ province_code, kept_id }) => ({ province: province_code, id: kept_id })));
    const rank = ({ province }: Citizen) => (province === this.#home ? 0 : 1);
    standing.sort((a, b) => rank(a) - rank(b) || (rowKey(a.province, a.id) < rowKey(b.province, b.id) ? -1 : 1));
    const [best] = standing;
    if (!best) return;
    // Numbers may join somebody who is known already: they are the same, under the key they have.
    const known = citizens.map(({ province, id }) => this.#byRow.get(rowKey(province, id))).find(Boolean);
    const person = known ?? { key: rowKey(best.province, best.id), citizens: [], standing };
    person.citizens = distinct([...person.citizens, ...citizens]);
    this.#byKey.set(person.key, person);
    for (const { province, id } of person.citizens) this.#byRow.set(rowKey(province, id), person);
  }
}

function distinct(citizens: readonly Citizen[]): Citizen[] {
  return [...new Map(citizens.map((one) => [rowKey(one.province, one.id), one])).values()];
}

/** The rows of each person: joined where they stand as the same, or share a number. */
function groupsOf(rows: readonly SamePersonRow[]): SamePersonRow[][] {
  const parent = new Map<string, string>();
  const rootOf = (key: string): string => {
    const above = parent.get(key) ?? key;
    if (above === key) return key;
    const root = rootOf(above);
    parent.set(key, root);
    return root;
  };
  for (const row of rows) {
    const [one, other] = [
      rootOf(rowKey(row.province_code, row.kept_id)),
      rootOf(rowKey(row.same_province, row.same_id)),
    ];
    parent.set(one < other ? other : one, one < other ? one : other);
  }
  return [...Map.groupBy(rows, (row) => rootOf(rowKey(row.province_code, row.kept_id))).values()];
}
