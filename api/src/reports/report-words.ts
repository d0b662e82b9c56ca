import { HOUR_MS } from '../platform/shared/instant.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { Channel, TravelPurpose } from '../declarations/shared/declaration-draft.ts';
import type { Decision } from '../passages/passage.entity.ts';
import { endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import { CountedPassages, MovementRow } from './movement-report.entity.ts';
import type { Asked, ReportScope } from './read-asked.ts';
import type { ReportGroup } from './report-group.ts';
import type { Tally } from './tally.ts';

const inOrderOfTime: readonly ReportGroup[] = ['HOUR', 'DAY'];
const alphabet = new Intl.Collator('vi');

/** Makes rows of counts: names them, and tells which passages they count. */
export class ReportWords {
  readonly #territory: Territory;
  readonly #of: Omit<ReportScope, 'scope'>;
  readonly #asked: Asked;
  readonly #checkpoints: ReadonlyMap<string, string>;

  constructor(
    territory: Territory,
    of: Omit<ReportScope, 'scope'>,
    asked: Asked,
    checkpoints: ReadonlyMap<string, string>,
  ) {
    this.#territory = territory;
    this.#of = of;
    this.#asked = asked;
    this.#checkpoints = checkpoints;
  }

  /** Without keys: of everything. */
  rowOf(keys: readonly string[] | null, tally: Tally, people: number | null): MovementRow {
    const group = [...(keys ?? [])];
    const names = group.map((key, place) => this.#nameOf(this.#asked.groups[place], key));
    return Object.assign(new MovementRow(), { ...tally, group, names, people, list: this.#listOf(keys) });
  }

  sorted(rows: readonly MovementRow[]): MovementRow[] {
    const { groups } = this.#asked;
    const compare = (one: MovementRow, other: MovementRow, place: number) =>
      inOrderOfTime.includes(groups[place] ?? 'DAY')
        ? (one.group[place] ?? '').localeCompare(other.group[place] ?? '')
        : alphabet.compare(one.names[place] ?? '', other.names[place] ?? '');
    return rows.toSorted((one, other) => {
      for (const place of groups.keys()) {
        const order = compare(one, other, place);
        if (order !== 0) return order;
      }
      return 0;
    });
  }

  #nameOf(group: ReportGroup | undefined, key: string): string {
    if (group === 'CHECKPOINT') return this.#checkpoints.get(key) ?? key;
    if (group === 'UNIT') return this.#territory.byId(key).fullName;
    if (group === 'ORIGIN' || group === 'DESTINATION') return this.#territory.bearer(key)?.fullName ?? key;
    return key;
  }

  #listOf(keys: readonly string[] | null): CountedPassages {
    const { span, groups, filter } = this.#asked;
    const list = Object.assign(new CountedPassages(), {
      from: startOfDay(span.from),
      to: endOfDay(span.to),
      unitCode: this.#of.unitCode,
      checkpointIds: this.#of.checkpointIds ? [...this.#of.checkpointIds] : null,
      originProvince: null,
      destinationProvince: null,
      purpose: null,
      channel: filter.channel ?? null,
      direction: filter.direction ?? null,
      decision: filter.decision ?? null,
    });
    for (const [place, key] of (keys ?? []).entries()) Object.assign(list, conditionOf(groups[place], key));
    return list;
  }
}

/** Which passages have a key. */
function conditionOf(group: ReportGroup | undefined, key: string): Partial<CountedPassages> {
  switch (group) {
    case 'HOUR':
      return { from: new Date(key), to: new Date(Date.parse(key) + HOUR_MS) };
    case 'DAY':
      return { from: startOfDay(key), to: endOfDay(key) };
    case 'CHECKPOINT':
      return { checkpointIds: [key] };
    case 'UNIT':
      return { unitCode: key };
    case 'ORIGIN':
      return { originProvince: key };
    case 'DESTINATION':
      return { destinationProvince: key };
    case 'PURPOSE':
      // Who said no purpose said no origin: they are copied together.
      return key ? { purpose: key as TravelPurpose } : { originProvince: '' };
    case 'CHANNEL':
      return { channel: key as Channel };
    case 'DECISION':
      return { decision: key as Decision };
    default:
      return {};
  }
}
