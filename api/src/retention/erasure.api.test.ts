import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idsDigest } from '#api/platform/database/purging.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { aPassage, anIdNumber, declared, record } from '#test/builders.ts';
import { PastDesk } from '#test/past-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
let past: PastDesk;
beforeAll(async () => {
  server = await startServer();
  past = await PastDesk.open(server);
});
afterAll(async () => {
  await past.database.close();
  await server.stop();
});

const document = `mutation ($id: ID!, $reason: String!) { eraseCitizen(id: $id, reason: $reason) { __typename
  ... on CitizenErased { id erasedAt declarations } ... on CitizenHeld { message } ... on CitizenUnknown { message } } }`;

interface Erased {
  __typename: string;
  erasedAt?: string;
  declarations?: number;
  message?: string;
}

const ask = (id: string, as = 'admin.38', reason = 'Yêu cầu số 12/2026 của người khai') =>
  server.graphql<{ eraseCitizen: Erased }>(document, { id, reason }, { as });
const erase = async (id: string, as?: string) => (await ask(id, as)).data.eraseCitizen;

/** Somebody who declared twice and passed once. */
async function aPerson(toProvince = '38') {
  const idNumber = anIdNumber();
  const first = await declared(server, { person: { idNumber, fullName: 'Trần Văn Xoá' } }, toProvince);
  const second = await declared(server, { person: { idNumber, fullName: 'Trần Văn Xoá' } }, toProvince);
  const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [
    first.id,
  ]);
  const passage = aPassage(server.checkpoints.docXay, { qrPayload: first.qrPayload });
  if (toProvince === '38') await record(server, [passage]);
  return { idNumber, first, second, citizenId: row?.citizen_id ?? '', passageId: passage.id };
}

const receipt = async (secret: string) =>
  (
    await server.graphql<{ receipt: object | null }>(
      'query ($secret: String!) { receipt(secret: $secret) { declaration { id } } }',
      { secret },
    )
  ).data.receipt;

/** Every row of every table that holds one of these texts. */
async function rowsHolding(texts: string[]): Promise<string[]> {
  const tables = await server.sql<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const text = [
      'select 1 from',
      name,
      't where exists (select from unnest($1::text[]) w where t::text ilike',
      `'%' || w || '%')`,
    ].join(' ');
    if ((await server.sql(text, [texts])).length > 0) found.push(name);
  }
  return found.sort();
}

describe('an erased person', () => {
  it('is named nowhere: no row holds the name or a declaration; the passage counts on', async () => {
    const { citizenId, first, second, passageId } = await aPerson();
    expect(await receipt(first.secret)).not.toBeNull();
    expect(await erase(citizenId)).toMatchObject({ __typename: 'CitizenErased', declarations: 2 });
    expect(await rowsHolding(['Trần Văn Xoá', first.code, second.code])).toEqual([]);
    expect(await rowsHolding([citizenId])).toEqual(['audit_entry', 'erased_citizen', 'passage']);
    for (const { secret } of [first, second]) expect(await receipt(secret)).toBeNull();
    const { data } = await server.graphql<{
      passages: { edges: Array<{ node: { id: string; citizen: object | null; declaration: object | null } }> };
    }>(
      '{ passages(first: 100) { edges { node { id citizen { fullName } declaration { id } } } } }',
      {},
      { as: 'admin.38' },
    );
    const [node] = data.passages.edges.map((edge) => edge.node).filter(({ id }) => id === passageId);
    expect(node).toEqual({ id: passageId, citizen: null, declaration: null });
  });

  it("leaves nothing of a declaration at another province's checkpoint either", async () => {
    const { citizenId, first } = await aPerson();
    await server.sql(
      `insert into declaration_handle (province_code, kind, handle, declaration_id, occurred_at, declaration_province)
       values ('01', 'PAPER_FORM', 'form', $1, uuid_time($1), '38')`,
      [first.id],
    );
    await server.sql(
      `insert into opened_declaration select '01', id, $2, '38', occurred_at, now(), citizen_id, channel, valid_until,
         null, purpose, origin_unit_id, destination_unit_id, vehicle, plate, advice, false from declaration where id = $1`,
      [first.id, server.checkpoints.hanoi],
    );
    await erase(citizenId);
    expect(await rowsHolding([first.id])).toEqual(['passage']);
  });

  it('is no arrival any more', async () => {
    const { citizenId, first } = await aPerson();
    await server.sql(
      `insert into arrival (province_code, declaration_id, declaration_occurred_at, unit_id, citizen_id, reported_at)
       select province_code, id, occurred_at, destination_address_unit_id, citizen_id, now() from declaration where id = $1`,
      [first.id],
    );
    await erase(citizenId);
    expect(await rowsHolding([first.id])).toEqual(['passage']);
  });

  it('may declare again, and is somebody new', async () => {
    const { citizenId, idNumber } = await aPerson();
    await erase(citizenId);
    const again = await declared(server, { person: { idNumber } });
    const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [
      again.id,
    ]);
    expect(row?.citizen_id).not.toBe(citizenId);
  });

  it('is erased once: sent again, also at the same moment, the answer is the same', async () => {
    const { citizenId } = await aPerson();
    const [one, two] = await Promise.all([erase(citizenId), erase(citizenId)]);
    expect(one).toMatchObject({ __typename: 'CitizenErased', declarations: 2 });
    expect(two).toEqual(one);
    expect(await erase(citizenId)).toEqual(one);
    const entries = await server.sql(
      `select 1 from audit_entry where action = 'citizen.erase' and subject_ids = array[$1::uuid]`,
      [citizenId],
    );
    expect(entries).toHaveLength(1);
  });

  it('leaves evidence: who, why, how many, and the digest of the ids', async () => {
    const { citizenId, first, second } = await aPerson();
    await erase(citizenId);
    const [entry] = await server.sql<{ reason: string; role: string; detail: object }>(
      `select reason, role, detail from audit_entry where action = 'citizen.erase' and subject_ids = array[$1::uuid]`,
      [citizenId],
    );
    expect(entry).toEqual({
      reason: 'Yêu cầu số 12/2026 của người khai',
      role: 'ADMIN',
      detail: { declarations: 2, digest: idsDigest([first.id, second.id]) },
    });
  });
});

describe('an erasure is refused', () => {
  it('as data where the person is held, and done when the hold has ended; the try is entered', async () => {
    const { citizenId, first } = await aPerson();
    const person = { province: '38', citizenId, declarationId: first.id, passageId: '' };
    const hold = await past.hold(person);
    expect(await erase(citizenId)).toMatchObject({
      __typename: 'CitizenHeld',
      message: expect.stringMatching(/ca bệnh/),
    });
    expect(await receipt(first.secret)).not.toBeNull();
    expect(await server.sql(`select 1 from audit_entry where action = 'citizen.erase-refused'`)).toHaveLength(1);
    await past.endHold(person, hold);
    expect((await erase(citizenId)).__typename).toBe('CitizenErased');
  });

  it("where it is another province's person: as for somebody who does not exist", async () => {
    const { citizenId } = await aPerson('01');
    const foreign = await erase(citizenId);
    expect(foreign.__typename).toBe('CitizenUnknown');
    expect(await erase(newUuid7())).toEqual(foreign);
    expect(await server.sql('select 1 from citizen where id = $1', [citizenId])).toHaveLength(1);
    expect((await erase(citizenId, 'admin.vn')).__typename).toBe('CitizenErased');
  });

  it('to anybody but an administrator of a whole province', async () => {
    const { citizenId } = await aPerson();
    for (const as of ['admin.district', 'officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])
      expect((await ask(citizenId, as)).errors?.[0]?.extensions['code'], as).toBe('FORBIDDEN');
    expect(
      (await server.graphql(document, { id: citizenId, reason: 'không đăng nhập' })).errors?.[0]?.extensions['code'],
    ).toBe('UNAUTHENTICATED');
    expect(await server.sql('select 1 from citizen where id = $1', [citizenId])).toHaveLength(1);
  });

  it.each(['', '    x   ', 'x'.repeat(501), 'của 038090123456 yêu cầu', 'gọi 0912 345 678 xác nhận'])(
    'without a reason that may be kept: %s',
    async (reason) => {
      expect((await ask(newUuid7(), 'admin.38', reason)).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    },
  );

  it('by the database itself, beyond the scope and in parts of a province', async () => {
    const { citizenId } = await aPerson();
    const within = async (provinces: string, units: string) => {
      const client = await past.database.pool.connect();
      try {
        await client.query('begin');
        await client.query('select set_scope($1, $2, $3)', [provinces, units, '']);
        const erased = await client.query<{ outcome: string }>('select outcome from erase_citizen($1, $2, now())', [
          '38',
          citizenId,
        ]);
        return erased.rows[0]?.outcome;
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    // The worker may not at all.
    expect(await within('38', '*')).toBe('42501');
    await server.sql('grant execute on function erase_citizen to cordon_worker');
    expect(await within('01', '*')).toBe('UNKNOWN');
    expect(await within('38', '14812@2021')).toBe('UNKNOWN');
    expect(await within('38', '*')).toBe('ERASED');
  });
});
