import type pg from 'pg';
import type { Database } from '#api/platform/database/database.ts';
import { everyProvince, inTransaction, wholeProvinces, type Transaction } from '#api/platform/database/transaction.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { searchCase } from '#api/tracing/trace/trace-case.ts';
import type { Traced } from '#api/tracing/trace/search.ts';
import { TracedPeople } from '#api/tracing/trace/traced-people.ts';
import { caseOfTrace, type TracedCase, type TraceOrder } from '#api/tracing/trace/trace.queries.ts';
import { provinceCode } from '../../settings.ts';

export const generations = 2;

/** A case of the bench, with the order of its trace. */
export interface BenchCase {
  order: TraceOrder;
  row: TracedCase;
}

/** Opens cases on people of the first region who have none, infectious since so many days. */
export async function openBenchCases(
  owner: pg.Client,
  database: Database,
  count: number,
  sinceDays: number,
): Promise<BenchCase[]> {
  const ids = Array.from({ length: count }, () => newUuid7());
  const { rows } = await owner.query<{ id: string }>(
    `with person as (
       select p.citizen_id, row_number() over (order by p.citizen_id) as place from (
         select citizen_id from passage p where occurred_at > now() - make_interval(days => $4) and checkpoint_id in (
           select id from checkpoint where code ^@ 'B1' and length(code) = 5)
           and not exists (select from epidemic_case e where e.province_code = $1 and e.citizen_id = p.citizen_id)
         group by 1 having count(*) >= 2 order by hashtext(citizen_id::text) limit cardinality($2::uuid[])) p)
     , c as (
       insert into epidemic_case (province_code, id, unit_id, citizen_id, status, rule_set, infectious_from, infectious_until, opened_at,
         opened_by, justification)
       select $1, ($2::uuid[])[place], '16438@2021', citizen_id, 'CONFIRMED', 'VN-2021-12-29', now() - make_interval(days => $4), now(), now(),
         $3, 'bench' from person returning province_code, id, unit_id)
     insert into case_trace (province_code, case_id, unit_id, status, generations, window_minutes, asked_by, asked_unit_id, asked_at, approved_at)
     select province_code, id, unit_id, 'READY', $5, 15, $3, unit_id, now(), now() from c returning case_id as id`,
    [provinceCode, ids, newUuid7(), sinceDays, generations],
  );
  const cases: BenchCase[] = [];
  for (const { id } of rows) cases.push(await readCase(owner, database, id));
  return cases;
}

async function readCase(owner: pg.Client, database: Database, id: string): Promise<BenchCase> {
  const { rows } = await owner.query<TraceOrder>('select * from case_trace where case_id = $1', [id]);
  const [order] = rows;
  const row = order && (await inTransaction(database, wholeProvinces([provinceCode]), (tx) => caseOfTrace(tx, order)));
  if (!order || !row) throw new Error('A case of the bench is gone.');
  return { order, row };
}

export const withWindow = ({ order, row }: BenchCase, minutes: number): BenchCase => ({
  row,
  order: { ...order, window_minutes: minutes },
});

/** As the worker searches, in a transaction with the scope of these provinces; nothing is stored. */
export const traceAsCordon = (
  database: Database,
  provinces: readonly string[],
  one: BenchCase,
  at: Date,
): Promise<Traced> =>
  inTransaction(database, everyProvince, async (tx: Transaction) => {
    const people = new TracedPeople(tx, provinces, one.row.province_code);
    const tracing = { provinces, claim: '', at, mostUnapproved: Infinity, progress: async () => undefined };
    return (await searchCase(tx, one.order, one.row, people, tracing)).traced;
  });
