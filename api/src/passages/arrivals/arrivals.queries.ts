import { sql, type SqlBool } from '../../platform/database/mikro-orm.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { mostCounted, toTotal, type Page } from '../../platform/graphql/connection.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import type { Scope } from '../../policy/policy.ts';
import type { ArrivalList, ArrivalRow } from './arrival.row.ts';

export interface Asked {
  list: ArrivalList;
  /** Only in these units. */
  unitIds: readonly string[] | null;
  at: Date;
}

/** One page, newest first: of who is coming by when they declared, of who has come by when they came. */
export async function listArrivals(tx: Transaction, scope: Scope, asked: Asked, page: Page): Promise<ArrivalRow[]> {
  const [at, id] = (page.after ?? []) as [string?, string?];
  const query = matching(tx, scope, asked)
    .selectAll('d')
    .select(['a.came_at', 'a.came_through', 'a.left_at', 'a.reported_at', 'a.reported_by'])
    .orderBy(sortedBy(asked), 'desc')
    .orderBy('d.id', 'desc')
    .limit(page.first + 1);
  const paged = at ? query.where(sql<SqlBool>`(${sortedBy(asked)}, d.id) < (${at}::timestamptz, ${id}::uuid)`) : query;
  return (await paged.execute()) as unknown as ArrivalRow[];
}

/** How many a list holds; null where there are too many to count. */
export async function countArrivals(tx: Transaction, scope: Scope, asked: Asked): Promise<number | null> {
  const [count = null] = await countLists(tx, scope, asked, [asked.list]);
  return count;
}

/** How many each of these lists holds, in one statement. */
export async function countLists(
  tx: Transaction,
  scope: Scope,
  asked: Omit<Asked, 'list'>,
  lists: readonly ArrivalList[],
): Promise<Array<number | null>> {
  const counts = lists.map((list) => {
    const found = matching(tx, scope, { ...asked, list })
      .select('d.id')
      .limit(mostCounted + 1)
      .as('found');
    return tx.kysely.selectFrom(found).select(tx.kysely.fn.countAll<string>().as('count')).as(list);
  });
  const answer = await tx.kysely.selectNoFrom(counts).executeTakeFirstOrThrow();
  return lists.map((list) => toTotal(Number((answer as Record<string, string>)[list])));
}

/** Where a row stands in its list. */
export const sortedAt = ({ list }: Asked, { came_at, reported_at, submitted_at }: ArrivalRow): Date =>
  list === 'COMING' ? submitted_at : (came_at ?? reported_at ?? submitted_at);

const sortedBy = ({ list }: Asked) => (list === 'COMING' ? sql.ref('d.submitted_at') : sql.ref('a.arrived_at'));

function matching(tx: Transaction, scope: Scope, { list, unitIds, at }: Asked) {
  const oneOf = (ids: readonly string[]) => sql<string>`any(${[...ids]}::text[])`;
  let query = tx.kysely
    .selectFrom('declaration as d')
    .leftJoin('arrival as a', (join) =>
      join.onRef('a.province_code', '=', 'd.province_code').onRef('a.declaration_id', '=', 'd.id'),
    )
    .where('d.province_code', 'in', [...scope.provinces]);
  for (const ids of [scope.unitIds, unitIds])
    if (ids) query = query.where('d.destination_address_unit_id', '=', oneOf(ids));
  if (list === 'COMING')
    return query
      .where('d.valid_until', '>', at)
      .where('d.withdrawn_at', 'is', null)
      .where('d.occurred_at', '>', new Date(at.getTime() - longestOpenMs))
      .where('a.arrived_at', 'is', null);
  // Said of the arrival too: its indexes are by unit, and for who reads whole provinces in the order of the page. Of 100,000
  // arrivals a commune's page reads 370 pages so and 900 without, a district's 5,100 instead of all of them.
  query = query.where('a.arrived_at', 'is not', null).where('a.province_code', 'in', [...scope.provinces]);
  for (const ids of [scope.unitIds, unitIds]) if (ids) query = query.where('a.unit_id', '=', oneOf(ids));
  query = query.whereRef('a.declaration_occurred_at', '=', 'd.occurred_at');
  query = query.where('a.left_at', list === 'LEFT' ? 'is not' : 'is', null);
  if (list === 'NOT_REPORTED') return query.where('a.reported_at', 'is', null);
  return list === 'OVERSTAYING' ? query.where('a.stays_until', '<', vietnamDate(at)) : query;
}

// A declaration holds for three days, and may be sent two weeks after it was made.
const longestOpenMs = 18 * 24 * 3_600_000;

const byId = {
  name: 'arrival-by-id',
  text: `select d.*, a.came_at, a.came_through, a.left_at, a.reported_at, a.reported_by
         from declaration d left join arrival a on a.province_code = d.province_code and a.declaration_id = d.id
         where d.province_code = any($1) and ($2::text[] is null or d.destination_address_unit_id = any($2)) and d.id = $3 and d.occurred_at = $4`,
};

export async function arrivalById(tx: Transaction, scope: Scope, id: string, at: Date): Promise<ArrivalRow | null> {
  const [row] = await tx.rows<ArrivalRow>(byId, [scope.provinces, scope.unitIds, id, at]);
  return row ?? null;
}

const report = {
  name: 'report-arrival',
  text: `insert into arrival (province_code, declaration_id, declaration_occurred_at, unit_id, citizen_id, stays_until, reported_at, reported_by)
         select $1, $2::uuid, $3::timestamptz, $4, $5::uuid, $6::date, $7::timestamptz, $8::uuid
         on conflict on constraint arrival_pkey do update set reported_at = excluded.reported_at, reported_by = excluded.reported_by`,
};

/** Enters that somebody reported in, or with null takes it back. */
export async function setReported(
  tx: Transaction,
  row: ArrivalRow,
  reported: { at: Date; by: string } | null,
): Promise<void> {
  const { province_code, id, occurred_at, destination_address_unit_id, citizen_id, stays_until } = row;
  const columns = [province_code, id, occurred_at, destination_address_unit_id, citizen_id, stays_until];
  await tx.rows(report, [...columns, reported?.at ?? null, reported?.by ?? null]);
}
