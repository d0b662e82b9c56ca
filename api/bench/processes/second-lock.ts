// The same transactions by two roles: the API's, which policies bind, and one that they do not.
import 'reflect-metadata';
import { listDeclarations } from '#api/declarations/declaration-list.queries.ts';
import { declarationsByIds } from '#api/declarations/declarations.queries.ts';
import { listPassages } from '#api/passages/passage-list.queries.ts';
import { entities } from '#api/entities.ts';
import { openDatabase, type Database } from '#api/platform/database/database.ts';
import { inTransaction, type Transaction } from '#api/platform/database/transaction.ts';
import { poolSize } from '../settings.ts';
import { answerCalls } from './calls.ts';

export type Read = 'declaration by id' | '20 declarations' | '20 passages' | 'count of a day';

export interface Reading {
  bound: boolean;
  read: Read;
  viewer: { provinces: string[]; unitIds: string[] | null; isNation: boolean };
  /** What is read: ids of declarations, or the moments that pages begin at. */
  ids: string[];
  moments: Date[];
  count: number;
  connections: number;
}

const open = (address: string | undefined): Promise<Database> =>
  openDatabase({ url: address ?? '', poolSize, entities, onError: () => undefined });
const databases = {
  bound: open(process.env['BENCH_API_DATABASE']),
  unbound: open(process.env['BENCH_UNBOUND_DATABASE']),
};

const dayMs = 86_400_000;
const countOfDay = {
  name: 'bench-count-of-day',
  text: `select count(*) from passage where province_code = any($1) and ($2::text[] is null or unit_id = any($2))
         and occurred_at >= $3 and occurred_at < $4`,
};

async function readOnce(tx: Transaction, { read, viewer, ids, moments }: Reading, turn: number): Promise<unknown> {
  const scope = { ...viewer, checkpointIds: null };
  const moment = moments[turn % moments.length] ?? new Date();
  const page = { first: 20, after: null, list: '' };
  if (read === 'declaration by id') return declarationsByIds(tx, scope, [ids[turn % ids.length] ?? '']);
  if (read === '20 declarations') return listDeclarations(tx, scope, { submittedTo: moment }, page);
  if (read === '20 passages') return listPassages(tx, scope, { to: moment }, page);
  const { provinces, unitIds } = viewer;
  return tx.rows(countOfDay, [provinces, unitIds, new Date(moment.getTime() - dayMs), moment]);
}

async function run(reading: Reading): Promise<{ seconds: number; rows: number }> {
  const database = await (reading.bound ? databases.bound : databases.unbound);
  let [left, rows] = [reading.count, 0];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: reading.connections }, async () => {
      while (left > 0) {
        const turn = (left -= 1);
        const { provinces, unitIds, isNation } = reading.viewer;
        const scope = { provinces: isNation ? null : provinces, unitIds, accountId: null };
        rows += ((await inTransaction(database, scope, (tx) => readOnce(tx, reading, turn))) as unknown[]).length;
      }
    }),
  );
  return { seconds: (performance.now() - started) / 1000, rows };
}

answerCalls({ run }, async () => {
  for (const database of Object.values(databases)) await (await database).close();
});
