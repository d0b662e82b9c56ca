import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { ageOn } from '../people/shared/birth-date.ts';
import type { Verdict } from '../territory/shared/movement-rules/evaluate.ts';
import type { Declared } from '../territory/shared/movement-rules/facts.ts';
import { judgeJourney } from '../territory/shared/movement-rules/judge-journey.ts';
import { nationalRules } from '../territory/shared/movement-rules/national-rules.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { DeclarationRow } from './declaration.row.ts';

/** What rules may know of a declaration. */
export type JudgedRow = Pick<
  DeclarationRow,
  'origin_unit_id' | 'destination_address_unit_id' | 'health' | 'purpose' | 'vehicle' | 'nationality' | 'date_of_birth'
>;

/** What the rules in force at a moment advise: at submission, and anew at each scan. From memory, without a statement. */
export function advise({ zones }: Territory, row: JudgedRow, at: Date): Verdict {
  return judgeJourney(nationalRules, zones.around(unitsOf(row)), declaredOn(row, at), at);
}

export const unitsOf = (row: JudgedRow): Parameters<Territory['zones']['around']>[0] => ({
  originId: row.origin_unit_id,
  destinationId: row.destination_address_unit_id,
  visitedIds: row.health.visitedUnitIds,
});

export function declaredOn({ health, purpose, vehicle, nationality, date_of_birth }: JudgedRow, at: Date): Declared {
  return { health, purpose, vehicle, nationality, age: ageOn(date_of_birth, vietnamDate(at)) };
}
