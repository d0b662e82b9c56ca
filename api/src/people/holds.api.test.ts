import { afterAll, beforeAll, expect, it } from 'vitest';
import { asWorker } from '#test/outbox-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import type { Database } from '#api/platform/database/database.ts';
import { inTransaction, wholeProvinces } from '#api/platform/database/transaction.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { holdPeople } from './holds.service.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startServer();
  database = await asWorker(server.ownerUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const held = {
  name: 'advisory-locks',
  text: `select mode from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() order by mode`,
};

it('thousands are held under one turn a province, in which others may hold too', async () => {
  const people = Array.from({ length: 5_000 }, (_, at) => ({ province: at % 2 ? '38' : '01', id: newUuid7() }));
  const locks = await inTransaction(database, wholeProvinces(['38', '01']), async (tx) => {
    await holdPeople(tx, people, 'một ca bệnh', new Date());
    return tx.rows<{ mode: string }>(held, []);
  });
  expect(locks.map(({ mode }) => mode)).toEqual(['ShareLock', 'ShareLock']);
});

it('nobody is held who is not there any more', async () => {
  const id = newUuid7();
  await inTransaction(database, wholeProvinces(['38']), (tx) =>
    holdPeople(tx, [{ province: '38', id }], 'một ca bệnh', new Date()),
  );
  expect(await server.sql('select from citizen_hold where citizen_id = $1', [id])).toEqual([]);
});
