import { citizensAsTheyStand } from '../people/citizens.service.ts';
import type { CitizenRow } from '../people/citizen.entity.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { forbidden } from '../platform/graphql/problems.ts';
import type { Locale } from '../platform/graphql/locale.ts';
import type { Scope } from '../policy/policy.ts';
import { Passage } from './passage.entity.ts';
import { countPassagesUpTo, listPassages, type ListedPassage, type PassageListFilter } from './passage-list.queries.ts';
import { correctionsByIds } from './passages.queries.ts';
import { PassageFilter } from './record-passage.input.ts';

export { countPassagesUpTo, PassageFilter };

/** A passage as its list shows it, with its person and whether it was corrected. */
export interface FiledPassage {
  /** Masked, whoever recorded it. */
  passage: Passage;
  row: ListedPassage;
  citizen: CitizenRow | null;
  corrected: boolean;
}

/** Refuses what no list of many passages may be asked by: plates are masked there. */
export function checkPassageFilter({ plate, citizenId, checkpointIds }: PassageFilter): void {
  if (plate) throw forbidden();
  checkIds({ 'filter.citizenId': citizenId, 'filter.checkpointIds': checkpointIds });
}

/** The next passages of a list, newest first, in a number of statements that does not grow with them. */
export async function passagesToFile(
  tx: Transaction,
  scope: Scope,
  filter: PassageListFilter,
  { after, first, locale }: { after: string[] | null; first: number; locale: Locale },
): Promise<FiledPassage[]> {
  const rows = (await listPassages(tx, scope, filter, { list: 'passages', after, first })).slice(0, first);
  const people = await peopleOf(tx, rows);
  const corrected = filter.superseded ? await correctedAmong(tx, rows) : new Set<string>();
  return rows.map((row) => ({
    row,
    passage: new Passage(row, locale, false),
    citizen: people.get(`${row.province_code}/${row.citizen_id}`) ?? null,
    corrected: corrected.has(row.id),
  }));
}

const provincesOf = (rows: readonly ListedPassage[]) => [...new Set(rows.map((row) => row.province_code))];

async function peopleOf(tx: Transaction, rows: readonly ListedPassage[]): Promise<Map<string, CitizenRow>> {
  const ids = [...new Set(rows.flatMap((row) => row.citizen_id ?? []))];
  const people = await citizensAsTheyStand(tx, provincesOf(rows), ids);
  return new Map(people.map((row) => [`${row.province_code}/${row.asked_id}`, row]));
}

async function correctedAmong(tx: Transaction, rows: readonly ListedPassage[]): Promise<Set<string>> {
  const ids = rows.map(({ id }) => id);
  const corrections = await correctionsByIds(tx, provincesOf(rows), ids);
  return new Set(corrections.flatMap(({ corrects }) => corrects ?? []));
}
