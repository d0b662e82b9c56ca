import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anIdNumber, aCardCode, aPassage, aPhoneNumber, declared, record } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const document = `
  query ($search: String!, $reason: String!, $first: Int, $after: String) {
    citizens(search: $search, reason: $reason, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { foundBy node { id fullName dateOfBirth idNumber phone documentMasked } }
    }
  }`;
interface Page {
  totalCount: number | null;
  pageInfo: { hasNextPage: boolean; endCursor: string };
  edges: Array<{ foundBy: string[]; node: { id: string; fullName: string; idNumber: string | null; phone: string } }>;
}
const reason = 'đối chiếu theo công văn 12';
const ask = (search: string, as = 'admin.38', more: Record<string, unknown> = {}) =>
  server.graphql<{ citizens: Page }>(document, { search, reason, ...more }, { as });
const find = async (search: string, as = 'admin.38') => {
  const answer = await ask(search, as);
  if (answer.errors) throw new Error(answer.text);
  return answer.data.citizens.edges;
};
const names = async (search: string, as = 'admin.38') => (await find(search, as)).map(({ node }) => node.fullName);
const codeOf = async (search: string, as?: string) => (await ask(search, as)).errors?.[0]?.extensions['code'];

const person = (fullName: string, dateOfBirth = '1990-05-17', more: Record<string, unknown> = {}) => ({
  person: { fullName, dateOfBirth, sex: 'OTHER' as const, ...more },
});

describe('a search finds a person', () => {
  it('by the ID number, with blanks and dots, and by nothing of it', async () => {
    const idNumber = anIdNumber();
    await declared(server, person('Trịnh Văn Số', '1990-05-17', { idNumber }));
    const [found] = await find(`${idNumber.slice(0, 6)} ${idNumber.slice(6)}`);
    expect(found).toMatchObject({ foundBy: ['NUMBER'], node: { fullName: 'Trịnh Văn Số', idNumber } });
    expect(await find(anIdNumber())).toEqual([]);
  });

  it('by the code of a card, and by a passport', async () => {
    const idNumber = anIdNumber();
    await declared(server, person('Trịnh Văn Thẻ', '1990-05-17', { idNumber }));
    expect(await names(aCardCode({ idNumber }))).toEqual(['Trịnh Văn Thẻ']);
    const passport = { idNumber: null, passportNumber: 'D7654321', nationality: 'LAO', permanentAddress: null };
    await declared(server, person('Khamla Vong', '1980-01-02', passport));
    expect(await names('d7654321')).toEqual(['Khamla Vong']);
  });

  it('by the code of their declaration, as it is spoken, in the provinces of who asks', async () => {
    const { code } = await declared(server, person('Trịnh Văn Mã'));
    expect(await find(code)).toMatchObject([{ foundBy: ['CODE'], node: { fullName: 'Trịnh Văn Mã' } }]);
    const spoken = `${code.slice(0, 2)} ${code.slice(2, 5)}-${code.slice(5)}`.toLowerCase();
    expect(await names(spoken, 'tracer.38')).toEqual(['Trịnh Văn Mã']);
    const elsewhere = await declared(server, { person: { fullName: 'Trịnh Thị Xa' } }, '01');
    expect(await find(elsewhere.code)).toEqual([]);
    const passport = { idNumber: null, passportNumber: '38ABCDEFG', nationality: 'LAO', permanentAddress: null };
    await declared(server, person('Khamla Mã', '1980-01-02', passport));
    expect(await find('38abcdefg')).toMatchObject([{ foundBy: ['NUMBER'], node: { fullName: 'Khamla Mã' } }]);
  });

  it('by the phone number that they declared with', async () => {
    const phone = aPhoneNumber();
    await declared(server, person('Trịnh Thị Máy', '1990-05-17', { phone }));
    expect(await find(phone.replace('+84', '0'))).toMatchObject([
      { foundBy: ['PHONE'], node: { fullName: 'Trịnh Thị Máy' } },
    ]);
  });

  it('by the name without diacritics, whole, in part, in another order, with a slip', async () => {
    await declared(server, person('Đặng Thùy Quỳnh Hương'));
    for (const typed of [
      'dang thuy quynh huong',
      'Đặng Thùy Quỳnh Hương',
      'quynh huong',
      'huong quynh dang thuy',
      'dang thuy quyhn huong',
    ])
      expect(await names(typed), typed).toContain('Đặng Thùy Quỳnh Hương');
    expect(await names('dang quoc tuan')).not.toContain('Đặng Thùy Quỳnh Hương');
  });

  it('best first: the whole name before some of it, the birth date before another, and says why', async () => {
    await declared(server, person('Mạc Văn Kiên', '1971-02-03'));
    await declared(server, person('Mạc Văn Kiên', '1985-09-09'));
    await declared(server, person('Mạc Văn Kiên Cường', '1985-09-09'));
    const found = await find('mac van kien 9/9/1985');
    expect(found.map(({ node, foundBy }) => [node.fullName, ...foundBy])).toEqual([
      ['Mạc Văn Kiên', 'SAME_NAME', 'BIRTH_DATE'],
      ['Mạc Văn Kiên Cường', 'LIKE_NAME', 'BIRTH_DATE'],
      ['Mạc Văn Kiên', 'SAME_NAME'],
    ]);
    expect((await find('mac van kien 1971'))[0]).toMatchObject({ foundBy: ['SAME_NAME', 'BIRTH_YEAR'] });
  });

  it('in pages that neither miss nor repeat anybody', async () => {
    for (let each = 0; each < 5; each += 1) await declared(server, person('Ông Bá Trang', `196${each}-01-01`));
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page += 1) {
      const { citizens }: { citizens: Page } = (await ask('ong ba trang', 'admin.38', { first: 2, after })).data;
      seen.push(...citizens.edges.map(({ node }) => node.id));
      expect(citizens.totalCount).toBe(5);
      after = citizens.pageInfo.endCursor;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });
});

describe('nobody is found', () => {
  it('beyond the own province, or where no row names them that one may see', async () => {
    const idNumber = anIdNumber();
    const { id } = await declared(server, person('Kiều Thị Ngoài', '1990-05-17', { idNumber }), '01');
    expect(await find(idNumber)).toEqual([]);
    expect(await names(idNumber, 'admin.vn')).toEqual(['Kiều Thị Ngoài']);
    const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [id]);
    const look = (as: string) =>
      server.graphql(
        'query ($id: ID!, $reason: String!) { citizen(id: $id, reason: $reason) { fullName } }',
        { id: row?.citizen_id, reason },
        { as },
      );
    expect((await look('admin.38')).data['citizen']).toBeNull();
    expect((await look('admin.01')).data['citizen']).toEqual({ fullName: 'Kiều Thị Ngoài' });
  });

  it('by a district but through a declaration or passage of its own', async () => {
    // The administrator of the district reaches Bỉm Sơn alone: of this person first nothing, then a passage there.
    const idNumber = anIdNumber();
    const { id } = await declared(server, person('Kiều Văn Qua', '1990-05-17', { idNumber }));
    expect(await names(idNumber)).toEqual(['Kiều Văn Qua']);
    await server.sql(
      `update account set unit_id = (select parent_id from administrative_unit where unit_id = '14812@2021') where username = 'admin.district'`,
    );
    expect(await names(idNumber, 'admin.district')).toEqual([]);
    expect(await names('kieu van qua', 'admin.district')).toEqual([]);
    await record(server, [aPassage(server.checkpoints.docXay, { declarationId: id })]);
    expect(await names(idNumber, 'admin.district')).toEqual(['Kiều Văn Qua']);
  });

  it('without a right to it', async () => {
    for (const as of ['officer.38', 'analyst.38', 'auditor.38'])
      expect(await codeOf('nguyen van an', as)).toBe('FORBIDDEN');
    expect(await codeOf('nguyen van an', 'tracer.38')).toBeUndefined();
  });
});

describe('what cannot be a search', () => {
  it('is refused with what to do, and is not repeated', async () => {
    for (const wrong of [
      '',
      '   ',
      'a',
      '1990',
      '03819001223',
      '1234567',
      'hoa 1990 1991',
      'x'.repeat(501),
      'a\u0000b',
    ]) {
      const answer = await ask(wrong);
      expect(answer.errors?.[0]?.extensions['code'], wrong).toBe('BAD_USER_INPUT');
      expect(answer.errors?.[0]?.extensions['fields']).toHaveProperty('search');
      if (wrong.trim().length > 3) expect(answer.text).not.toContain(wrong);
    }
  });

  it('nor is one without a reason, or with a number in it', async () => {
    for (const why of ['', 'vì', 'tìm 038190012345']) {
      const { errors } = await server.graphql(document, { search: 'hoa', reason: why }, { as: 'admin.38' });
      expect(errors?.[0]?.extensions['fields']).toHaveProperty('reason');
    }
  });
});

describe('every search', () => {
  it('stands in the audit trail with its reason and whom it showed, and nothing of what was typed', async () => {
    const idNumber = anIdNumber();
    await declared(server, person('Lều Thị Nhật Ký', '1990-05-17', { idNumber }));
    const [found] = await find(idNumber);
    await find('leu thi nhat ky 1990');
    const unknown = anIdNumber();
    await find(unknown);
    const entries = await server.sql<{ subject_ids: string[]; detail: unknown }>(
      `select role, unit_id, subject_kind, subject_ids, reason, detail from audit_entry where action = 'citizens.search' order by id desc limit 3`,
    );
    const common = { role: 'ADMIN', unit_id: '38@2021', subject_kind: 'citizen', reason };
    expect(entries).toEqual([
      { ...common, subject_ids: [], detail: { search: 'NUMBER', found: 0 } },
      { ...common, subject_ids: [found?.node.id], detail: { search: 'NAME', found: 1 } },
      { ...common, subject_ids: [found?.node.id], detail: { search: 'NUMBER', found: 1 } },
    ]);
    const told = await server.sql(
      `select 1 from audit_entry e where e::text like '%' || $1 || '%' or e::text like '%' || $2 || '%' or lower(e::text) like '%nhat ky%'`,
      [idNumber, unknown],
    );
    expect(told).toEqual([]);
  });
});
