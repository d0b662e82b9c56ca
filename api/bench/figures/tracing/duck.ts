import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type pg from 'pg';
import type { BenchCase } from './traced.ts';

const place = fileURLToPath(new URL('../../duckdb/', import.meta.url));

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string, values: unknown[]): Promise<{ getRowObjectsJson(): Array<Record<string, unknown>> }>;
  closeSync(): void;
}

/** DuckDB from npm, in a folder of its own: nothing but this figure needs it. */
async function connect(): Promise<Connection> {
  if (!existsSync(join(place, 'node_modules')))
    execFileSync('npm', ['ci', '--prefix', place, '--no-audit', '--no-fund', '--silent'], { stdio: 'inherit' });
  const library = createRequire(join(place, 'package.json')).resolve('@duckdb/node-api');
  const { DuckDBInstance } = (await import(pathToFileURL(library).href)) as {
    DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
  };
  return (await DuckDBInstance.create(':memory:')).connect();
}

/** The passages and homes of the database, in columns of DuckDB; the seconds that took. */
export async function loadDuck(owner: pg.Client, directory: string): Promise<{ duck: Connection; seconds: number }> {
  const duck = await connect();
  const started = performance.now();
  const [passages, homes] = [join(directory, 'passages.csv'), join(directory, 'homes.csv')];
  await save(
    owner,
    passages,
    `select concat_ws(',', citizen_id, checkpoint_id, direction, coalesce(plate, ''), extract(epoch from occurred_at)) as line from passage`,
  );
  await save(
    owner,
    homes,
    `select concat_ws(',', id, permanent_key) as line from citizen where permanent_key is not null`,
  );
  await duck.run(
    `create table passage as select * from read_csv('${passages}', header = false,
       columns = {c: 'UUID', k: 'UUID', d: 'VARCHAR', plate: 'VARCHAR', passed: 'DOUBLE'})`,
  );
  await duck.run(
    `create table home as select * from read_csv('${homes}', header = false, columns = {c: 'UUID', line: 'VARCHAR'})`,
  );
  return { duck, seconds: (performance.now() - started) / 1000 };
}

/** In pages: the owner of a database may write no file of its server. */
async function save(owner: pg.Client, file: string, lines: string): Promise<void> {
  await owner.query('begin');
  await owner.query(`declare lines cursor for ${lines}`);
  for (let more = true; more;) {
    const { rows } = await owner.query<{ line: string }>('fetch 50000 from lines');
    appendFileSync(file, rows.map(({ line }) => `${line}\n`).join(''));
    more = rows.length > 0;
  }
  await owner.query('commit');
}

const metBy = (source: string) => `
  select q.c, min(greatest(q.passed, p.passed)) as met from ${source} f
  join passage p on p.c = f.c and p.passed between f.since and $3
  join passage q on q.k = p.k and q.d = p.d and q.passed between p.passed - $4 and p.passed + $4 group by 1
  union all
  select h.c, min(f.since) from ${source} f join home a on a.c = f.c join home h on h.line = a.line group by 1`;
const text = `
  with f0 as (select $1::UUID as c, $2::DOUBLE as since)
  , f1 as materialized (select c, min(met) as since from (${metBy('f0')}) x where c <> $1::UUID group by c)
  , f2 as materialized (select c, min(met) as met from (${metBy('f1')}) x where c <> $1::UUID group by c)
  select (select count(*) from f1)::INTEGER as f1, (select count(*) from f2 where c not in (select c from f1))::INTEGER as f2`;

/** How many F1 and F2 it finds, by what the one statement of PostgreSQL goes by. */
export async function traceInDuck(
  duck: Connection,
  { order, row }: BenchCase,
  at: Date,
): Promise<{ f1: number; f2: number }> {
  const values = [row.citizen_id, row.infectious_from.getTime() / 1000, at.getTime() / 1000, order.window_minutes * 60];
  const [found] = (await duck.runAndReadAll(text, values)).getRowObjectsJson();
  return { f1: Number(found?.['f1']), f2: Number(found?.['f2']) };
}
