import type { Transaction } from '../platform/database/transaction.ts';
import { DAY_MS } from '../platform/shared/instant.ts';
import type { Language } from '../platform/shared/language.ts';
import type { Scope } from '../policy/policy.ts';
import { describe, judge, type RuleVersion, type Verdict } from '../territory/shared/movement-rules/evaluate.ts';
import { factsOf } from '../territory/shared/movement-rules/facts.ts';
import { levelsOf, rulesFor } from '../territory/shared/movement-rules/levels.ts';
import { nationalRules } from '../territory/shared/movement-rules/national-rules.ts';
import type { Zones } from '../territory/zones/zones.service.ts';
import type { ZoneTrial } from '../territory/zones/try-zone.service.ts';
import { declaredOn, unitsOf, type JudgedRow } from './advice.service.ts';
import { RuleTrial } from './rule-trial.entity.ts';

type TriedRow = JudgedRow & { id: string; occurred_at: Date; submitted_at: Date };

const weekMs = 7 * DAY_MS;
const pageSize = 2_000;
const mostTried = 20_000;
const patienceMs = 4_000;

const ofZone = {
  name: 'declarations-to-try',
  // Of what leaves the zone, only what goes to the jurisdiction is seen.
  text: `select d.id, d.occurred_at, d.submitted_at, d.origin_unit_id, d.destination_address_unit_id, d.health, d.purpose,
           d.vehicle, d.nationality, d.date_of_birth
         from declaration d
         where d.province_code = any($1) and ($2::text[] is null or d.destination_address_unit_id = any($2))
           and d.occurred_at >= $3 and (d.occurred_at, d.id) < ($4, $5)
           and (d.destination_address_unit_id in (select unnest($6::text[])) or d.origin_unit_id in (select unnest($6::text[])))
         order by d.occurred_at desc, d.id desc limit $7`,
};

/** Tries a zone on the declarations of the last seven days that go to it or come from it, page by page, newest first. */
export async function tryRules(
  tx: Transaction,
  {
    scope,
    current,
    trial,
    at,
    language,
  }: { scope: Scope; current: Zones; trial: ZoneTrial; at: Date; language: Language },
): Promise<RuleTrial> {
  const tally = new Tally(language);
  const until = performance.now() + patienceMs;
  const within = [scope.provinces, scope.unitIds, new Date(at.getTime() - weekMs)];
  let before: Position | undefined = { occurred_at: new Date(at.getTime() + DAY_MS), id: lastId };
  while (before && tally.tried < mostTried && performance.now() < until) {
    const rows = await readPage(tx, within, trial.unitIds, before);
    for (const row of rows) tally.add(verdict(trial.zones, row, at), verdict(current, row, at));
    before = rows.length === pageSize ? rows.at(-1) : undefined;
  }
  return tally.result(before === undefined);
}

type Position = Pick<TriedRow, 'occurred_at' | 'id'>;

const readPage = (
  tx: Transaction,
  within: unknown[],
  unitIds: string[],
  { occurred_at, id }: Position,
): Promise<TriedRow[]> => tx.rows<TriedRow>(ofZone, [...within, occurred_at, id, unitIds, pageSize]);

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The rules of today, on the facts of the moment at which it was submitted. */
function verdict(zones: Zones, row: TriedRow, at: Date): Verdict {
  const around = zones.around(unitsOf(row));
  const declared = declaredOn(row, row.submitted_at);
  return judge(rulesFor(nationalRules, around, at), factsOf(declared, levelsOf(around, at), row.submitted_at));
}

class Tally {
  readonly #language: Language;
  readonly #advised = { ADMIT: 0, EXAMINE: 0, REFUSE: 0 };
  readonly #failed = new Map<string, { rule: RuleVersion; count: number }>();
  #changed = 0;

  constructor(language: Language) {
    this.#language = language;
  }

  get tried(): number {
    return this.#advised.ADMIT + this.#advised.EXAMINE + this.#advised.REFUSE;
  }

  add({ advice, failed }: Verdict, before: Verdict): void {
    this.#advised[advice] += 1;
    if (advice !== before.advice) this.#changed += 1;
    for (const rule of failed) this.#failed.set(rule.id, { rule, count: (this.#failed.get(rule.id)?.count ?? 0) + 1 });
  }

  result(complete: boolean): RuleTrial {
    const reasonCounts = [...this.#failed.values()]
      .sort((one, other) => other.count - one.count)
      .map(({ rule, count }) => ({ description: describe(rule, this.#language), onFailure: rule.onFailure, count }));
    return Object.assign(new RuleTrial(), {
      ...{ tried: this.tried, complete, changed: this.#changed, reasonCounts },
      admitted: this.#advised.ADMIT,
      examined: this.#advised.EXAMINE,
      refused: this.#advised.REFUSE,
      reasons: reasonCounts.map(({ description }) => description),
    });
  }
}
