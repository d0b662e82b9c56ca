import type pg from 'pg';
import { provinceCode } from '../../settings.ts';
import type { BenchCase } from './traced.ts';

const metBy = (source: string) => `
  select q.citizen_id as c, min(greatest(q.occurred_at, p.occurred_at)) as at from (
    select f.place, p.* from ${source} f cross join lateral (
      select p.checkpoint_id, p.direction, p.plate, p.occurred_at, p.occurred_at - $5::interval as earliest, p.occurred_at + $5::interval as latest
      from passage p where p.province_code = $1 and p.citizen_id = f.c and p.occurred_at between f.since and $4 offset 0) p) p
  cross join lateral (
    select q.citizen_id, q.occurred_at from passage q where q.province_code = $1 and q.checkpoint_id = p.checkpoint_id
      and q.direction = p.direction and q.occurred_at between p.earliest and p.latest offset 0) q
  group by 1
  union all
  select h.id, min(f.since) from ${source} f
  cross join lateral (select permanent_unit_id, permanent_key from citizen where province_code = $1 and id = f.c offset 0) a
  cross join lateral (select id from citizen h where h.province_code = $1 and h.permanent_unit_id = a.permanent_unit_id
    and h.permanent_key = a.permanent_key offset 0) h
  group by 1`;

// As in findings: passages and households alone, from the case to F2, without documents, stays, corrections, what is held, or reviews.
const text = `
  with f0 as (select 0 as place, $2::uuid as c, $3::timestamptz as since)
  , f1 as materialized (select 1 as place, c, min(at) as since from (${metBy('f0')}) x where c <> $2 group by c)
  , f2 as materialized (select c, min(at) as at from (${metBy('f1')}) x where c <> $2 group by c)
  select (select count(*)::int from f1) as f1, (select count(*)::int from f2 where not exists (select from f1 where f1.c = f2.c)) as f2`;

/** How many F1 and F2 one statement finds. */
export async function traceInOneStatement(
  client: pg.Client,
  { order, row }: BenchCase,
  at: Date,
): Promise<{ f1: number; f2: number }> {
  await client.query('begin');
  await client.query({ name: 'scope', text: 'select set_scope($1, $2, $3)', values: [provinceCode, '*', ''] });
  const values = [provinceCode, row.citizen_id, row.infectious_from, at, `${order.window_minutes} minutes`];
  const { rows } = await client.query<{ f1: number; f2: number }>({ name: 'one-statement', text, values });
  await client.query('commit');
  return rows[0] ?? { f1: 0, f2: 0 };
}
