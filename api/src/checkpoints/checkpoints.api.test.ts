import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Listed {
  checkpoints: {
    edges: Array<{ node: { id: string; code: string; name: string; unit: { code: string } } }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    totalCount: number;
  };
}
const listDocument = `
  query ($scope: ScopeInput, $search: String, $first: Int, $after: String) {
    checkpoints(scope: $scope, search: $search, first: $first, after: $after) {
      edges { node { id code name unit { code } } } pageInfo { hasNextPage endCursor } totalCount
    }
  }`;
const list = async (variables: object = {}, as = 'admin.38') =>
  (await server.graphql<Listed>(listDocument, { ...variables }, { as })).data.checkpoints;
const codesOf = async (variables: object = {}, as?: string) =>
  (await list(variables, as)).edges.map(({ node }) => node.code);

const one = async (id: string, as: string) =>
  (
    await server.graphql<{ checkpoint: { code: string } | null }>(
      'query ($id: ID!) { checkpoint(id: $id) { code } }',
      { id },
      { as },
    )
  ).data.checkpoint?.code ?? null;

const saveDocument = `
  mutation ($input: CheckpointInput!) {
    saveCheckpoint(input: $input) { id code name kind latitude longitude active unit { code } }
  }`;
const aCheckpoint = (changes: object = {}) => {
  const id = newUuid7();
  return {
    id,
    code: id.slice(-12),
    name: 'Chốt Mới',
    unitCode: '38',
    kind: 'ROAD',
    latitude: 19.8,
    longitude: 105.7,
    active: true,
    ...changes,
  };
};
const save = (input: object, as = 'admin.38', language: 'vi' | 'en' = 'vi') =>
  server.graphql<{ saveCheckpoint: { id: string } }>(saveDocument, { input }, { as, language });
const problemOf = async (input: object, as?: string) => {
  const { code, fields } = (await save(input, as)).errors?.[0]?.extensions ?? {};
  return [code, ...Object.keys((fields as object | undefined) ?? {})];
};

describe('who sees which checkpoints', () => {
  it.each([
    ['admin.38', ['CG', 'DX', 'HR']],
    ['tracer.38', ['CG', 'DX', 'HR']],
    ['admin.district', ['HR']],
    ['officer.38', ['CG', 'DX']],
    ['officer.cg', ['CG']],
    ['admin.01', ['PV']],
    ['admin.vn', ['PV', 'CG', 'DX', 'HR']],
  ])('%s: %j', async (as, codes) => {
    expect(await codesOf({}, as)).toEqual(codes);
  });

  it('one outside the own rights is as good as none, whatever is asked for', async () => {
    const { docXay, cauGhep, hamRong, hanoi } = server.checkpoints;
    expect(await one(docXay, 'officer.38')).toBe('DX');
    expect(await one(docXay, 'officer.cg')).toBeNull();
    expect(await one(hamRong, 'officer.38')).toBeNull();
    expect(await one(cauGhep, 'admin.district')).toBeNull();
    expect(await one(hanoi, 'admin.38')).toBeNull();
    for (const id of [newUuid7(), 'x', "'"]) expect(await one(id, 'admin.38')).toBeNull();
    expect(await codesOf({ scope: { checkpointIds: [docXay, hanoi] } }, 'officer.cg')).toEqual([]);
    expect(await codesOf({ scope: { unitCode: '01' } })).toEqual([]);
  });

  it('nobody who is not signed in sees one', async () => {
    expect((await server.graphql(listDocument)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });
});

describe('the list of checkpoints', () => {
  it('is found by name without diacritics and by code, in any order of the words', async () => {
    expect(await codesOf({ search: 'doc xay' })).toEqual(['DX']);
    expect(await codesOf({ search: 'Ghép Cầu' })).toEqual(['CG']);
    expect(await codesOf({ search: 'hr' })).toEqual(['HR']);
    expect(await codesOf({ search: '%' })).toEqual([]);
  });

  it('is narrowed by unit', async () => {
    expect(await codesOf({ scope: { unitCode: '380' } })).toEqual(['HR']);
    expect(await codesOf({ scope: { unitCode: '38' } }, 'admin.vn')).toEqual(['CG', 'DX', 'HR']);
  });

  it('is read page by page, and says how many there are', async () => {
    const first = await list({ first: 2 });
    expect([first.edges.map(({ node }) => node.code), first.totalCount, first.pageInfo.hasNextPage]).toEqual([
      ['CG', 'DX'],
      3,
      true,
    ]);
    const second = await list({ first: 2, after: first.pageInfo.endCursor });
    expect([second.edges.map(({ node }) => node.code), second.totalCount, second.pageInfo.hasNextPage]).toEqual([
      ['HR'],
      3,
      false,
    ]);
  });

  it.each([{ first: 0 }, { first: 101 }, { after: 'x' }, { search: 'x'.repeat(81) }, { scope: { unitCode: '99999' } }])(
    'says what is wrong with %j',
    async (variables) => {
      const answer = await server.graphql(listDocument, { ...variables }, { as: 'admin.38' });
      expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    },
  );
});

describe('saving a checkpoint', () => {
  const remove = (id: string) => server.sql('delete from checkpoint where id = $1', [id]);

  it('creates it, sent twice once, and then makes it as sent', async () => {
    const input = aCheckpoint({ name: '  Chốt   Mới '.normalize('NFD'), code: 'MOI-1' });
    const { saveCheckpoint } = (await save(input)).data;
    expect(saveCheckpoint).toEqual({
      id: input.id,
      code: 'MOI-1',
      name: 'Chốt Mới',
      kind: 'ROAD',
      latitude: 19.8,
      longitude: 105.7,
      active: true,
      unit: { code: '38' },
    });
    expect((await save(input)).data).toEqual({ saveCheckpoint });
    const changed = { ...input, name: 'Chốt Đổi', latitude: null, longitude: null, active: false, unitCode: '380' };
    expect((await save(changed)).data.saveCheckpoint).toMatchObject({
      name: 'Chốt Đổi',
      latitude: null,
      active: false,
      unit: { code: '380' },
    });
    const entries = await server.sql(
      'select action, province_code, role, detail from audit_entry where checkpoint_id = $1 order by id',
      [input.id],
    );
    expect(entries).toEqual([
      { action: 'checkpoint.create', province_code: '38', role: 'ADMIN', detail: {} },
      {
        action: 'checkpoint.change',
        province_code: '38',
        role: 'ADMIN',
        detail: { changed: ['name', 'unitId', 'latitude', 'longitude', 'active', 'closesAt'] },
      },
    ]);
    await remove(input.id);
  });

  it('at once from several windows creates it once', async () => {
    const input = aCheckpoint();
    const answers = await Promise.all([save(input), save(input), save(input)]);
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(await server.sql('select id from audit_entry where checkpoint_id = $1', [input.id])).toHaveLength(1);
    await remove(input.id);
  });

  it('needs a code that is free in the province, also when two come at once', async () => {
    expect(await problemOf(aCheckpoint({ code: 'DX' }))).toEqual(['BAD_USER_INPUT', 'code']);
    const [one, other] = [aCheckpoint({ code: 'HAI' }), aCheckpoint({ code: 'HAI' })];
    const answers = await Promise.all([save(one), save(other)]);
    expect(answers.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'SAVED').sort()).toEqual([
      'BAD_USER_INPUT',
      'SAVED',
    ]);
    const elsewhere = aCheckpoint({ code: 'DX', unitCode: '01' });
    expect((await save(elsewhere, 'admin.01')).errors).toBeUndefined();
    for (const { id } of [one, other, elsewhere]) await remove(id);
  });

  it('says all that is wrong at once', async () => {
    const input = aCheckpoint({
      id: crypto.randomUUID(),
      code: 'có dấu cách',
      name: ' ',
      unitCode: '99999',
      latitude: 90.1,
      longitude: -181,
    });
    expect(await problemOf(input)).toEqual([
      'BAD_USER_INPUT',
      'id',
      'code',
      'name',
      'unitCode',
      'latitude',
      'longitude',
    ]);
    expect(await problemOf(aCheckpoint({ latitude: null }))).toEqual(['BAD_USER_INPUT', 'latitude']);
    expect(await problemOf(aCheckpoint({ name: 'x'.repeat(201) }))).toEqual(['BAD_USER_INPUT', 'name']);
    const { errors } = await save(aCheckpoint({ code: '' }), 'admin.38', 'en');
    expect(errors?.[0]?.extensions['fields']).toEqual({ code: 'A code has 1 to 20 letters, digits or . _ / -' });
  });

  it.each([
    ['admin.district', '38'],
    ['admin.district', '381'],
    ['admin.38', '01'],
    ['admin.vn', 'VN'],
  ])('%s has no unit %s to put one into', async (as, unitCode) => {
    expect(await problemOf(aCheckpoint({ unitCode }), as)).toEqual(['BAD_USER_INPUT', 'unitCode']);
  });

  it('of another jurisdiction is not found, and stays as it was', async () => {
    const input = aCheckpoint({ id: server.checkpoints.cauGhep, unitCode: '380' });
    expect(await problemOf(input, 'admin.district')).toEqual(['NOT_FOUND']);
    expect(await problemOf({ ...input, unitCode: '01' }, 'admin.01')).toEqual(['NOT_FOUND']);
    expect(await problemOf({ ...input, unitCode: '01' }, 'admin.vn')).toEqual(['BAD_USER_INPUT', 'unitCode']);
    expect(await codesOf({ search: 'CG' })).toEqual(['CG']);
  });

  it.each(['officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])('is not for %s', async (as) => {
    expect(await problemOf(aCheckpoint(), as)).toEqual(['FORBIDDEN']);
  });
});
