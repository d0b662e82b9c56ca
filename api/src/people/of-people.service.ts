import { toTotal, type Page } from '../platform/graphql/connection.ts';
import type { CitizenKey } from './citizens.service.ts';

/** A page of what belongs to one person. */
export interface PersonPage extends CitizenKey {
  page: Page;
}

/** Of the person's place among those asked about: `with ordinality`. */
type Placed<Row> = Row & { place: number };

export const pageKey = (person: PersonPage): string => JSON.stringify(person);

export const provincesOf = (people: readonly CitizenKey[]): string[] => people.map(({ province }) => province);
export const idsOf = (people: readonly CitizenKey[]): string[] => people.map(({ id }) => id);

/** For a statement: the time and id after which each page begins, and how many rows of each are enough. */
export const boundsOf = (people: readonly PersonPage[]) => [
  people.map(({ page }) => page.after?.[0] ?? null),
  people.map(({ page }) => page.after?.[1] ?? null),
  Math.max(...people.map(({ page }) => page.first)) + 1,
];

/** One row more than each page holds, of many people's in one answer. */
export const rowsOfEach = <Row>(rows: readonly Placed<Row>[], people: readonly PersonPage[]): Row[][] =>
  people.map(({ page }, at) => rows.filter(({ place }) => place === at + 1).slice(0, page.first + 1));

/** How many of each; null for more than are counted. */
export const totalsOfEach = (
  rows: ReadonlyArray<Placed<{ count: number }>>,
  people: readonly CitizenKey[],
): Array<{ total: number | null }> =>
  people.map((_, at) => ({ total: toTotal(rows.find(({ place }) => place === at + 1)?.count ?? 0) }));
