import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { sendAccounts } from '#test/account-desk.ts';
import { craftedXlsx, textRow } from '#test/crafted-xlsx.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { countStatements } from '#test/statements.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.graphql('{ viewer { account { id } } }', {}, { as: 'admin.38' });
});
afterAll(() => server.stop());

interface Row {
  row: number;
  fullName: string;
  account: {
    username: string;
    fullName: string;
    roles: string[];
    unit: { code: string };
    checkpointIds: string[];
  } | null;
  problems: Array<{ path: string; code: string; message: string }>;
}
interface Answer {
  accountImport: { __typename: string; code?: string; message?: string; rows: Row[] };
}

const document = `query ($file: FileContent!) { accountImport(file: $file) { __typename
  ... on AccountImport { rows { row fullName username roles unit checkpoints problems { path code message }
    account { username fullName roles unit { code } checkpointIds } } }
  ... on UnreadableSpreadsheet { code message } } }`;
const send = (file: Uint8Array | string, as = 'admin.38', language: 'vi' | 'en' = 'vi') =>
  server.graphql<Answer>(document, { file: Buffer.from(file as never).toString('base64') }, { as, language });
const rowsOf = async (file: Uint8Array | string, as?: string) => (await send(file, as)).data.accountImport.rows;
const problemsOf = (row: Row | undefined) => row?.problems.map(({ path, code }) => `${path} ${code}`);
const head = 'Họ và tên;Tên đăng nhập;Vai trò;Đơn vị;Chốt';
const csv = (...lines: string[]) => [head, ...lines].join('\n');
const accounts = async () =>
  Number((await server.sql<{ count: string }>('select count(*) from account'))[0]?.count ?? 0);

describe('a spreadsheet of officers', () => {
  it('is read as people write it, and writes nothing', async () => {
    const before = await accounts();
    const rows = [
      ['DANH SÁCH CÁN BỘ TRỰC CHỐT'],
      ['TT', 'Họ và tên (*)', 'Tên đăng nhập', 'Vai trò', 'Đơn vị', 'Mã chốt'],
      [1, 'Nguyễn Thị Hoà', 'Hoa.NT', 'Cán bộ chốt', '38', 'DX, cg'],
      [2, 'Lê Văn  Tám', 'tam.le', 'Truy vết; Phân tích', 'Phường Hàm Rồng, Thành phố Thanh Hóa', ''],
      [3, 'Trần Thị Bảy', 'bay.tran', '', 14758, 'HR'],
      [4, 'Đỗ Văn Sáu', 'sau.do', 'officer', '', ''],
    ];
    const read = await rowsOf(await writeXlsx({ sheets: [{ name: 'Cán bộ', rows }] }));
    const { docXay, cauGhep, hamRong } = server.checkpoints;
    expect(read.map(({ row, account }) => [row, account])).toEqual([
      [
        3,
        {
          username: 'hoa.nt',
          fullName: 'Nguyễn Thị Hoà',
          roles: ['OFFICER'],
          unit: { code: '38' },
          checkpointIds: [docXay, cauGhep].sort(),
        },
      ],
      [
        4,
        {
          username: 'tam.le',
          fullName: 'Lê Văn Tám',
          roles: ['ANALYST', 'TRACER'],
          unit: { code: '14755' },
          checkpointIds: [],
        },
      ],
      [
        5,
        {
          username: 'bay.tran',
          fullName: 'Trần Thị Bảy',
          roles: ['OFFICER'],
          unit: { code: '14758' },
          checkpointIds: [hamRong],
        },
      ],
      [6, expect.objectContaining({ unit: { code: '38' }, roles: ['OFFICER'] })],
    ]);
    expect(await accounts()).toBe(before);
    expect(await server.sql(`select from audit_entry where action like 'account.%'`)).toEqual([]);
  });

  it('shows every problem of every row at once, in the language asked for', async () => {
    const file = csv(
      ';x;Trùm;Sao Hỏa;ZZ',
      'Lê Văn Tám;officer.38;;;',
      'Lê Văn Tám;hai.lan;;;',
      'Trần Thị Bảy;hai.lan;;;',
      'Kẻ Lạ;ke.la;;01;',
      'Quản Trị;quan.tri;Quản trị;38;',
      'Xã Nào;xa.nao;;Quảng Phú;',
      'Chốt Xa;chot.xa;;380;DX',
      'Truy Vết;truy.vet;Truy vết;380;HR',
      '=HYPERLINK("http://x");+84;@SUM(1);-1;=A1',
    );
    const rows = await rowsOf(file);
    expect(rows.map(problemsOf)).toEqual([
      ['roles UNKNOWN_ROLE', 'unit UNKNOWN_UNIT', 'username USERNAME', 'fullName NAME'],
      ['username TAKEN'],
      ['username TWICE'],
      ['username TWICE'],
      ['unit OUTSIDE'],
      ['roles ADMIN_BELOW'],
      ['unit AMBIGUOUS_UNIT'],
      ['checkpoints UNKNOWN_CHECKPOINT'],
      ['checkpoints NOT_OFFICER'],
      ['fullName FORMULA', 'username FORMULA', 'roles FORMULA', 'unit FORMULA', 'checkpoints FORMULA'],
    ]);
    expect(rows.every(({ account }) => account === null)).toBe(true);
    const english = (await send(file, 'admin.38', 'en')).data.accountImport.rows;
    expect(english[2]?.problems[0]?.message).toBe('Row 5 has this user name too.');
  });

  it('tells what creating would answer: all that is ready is created, and nothing else could be', async () => {
    const file = csv(
      'Ngô Thị Một;;;14758;HR',
      'Ngô Thị Hai;ngo.hai;Kiểm tra;380;',
      'Ngô Thị Ba;NGÔ BA;;;',
      'Ngô Thị Bốn;;;38;PV',
    );
    const rows = await rowsOf(file);
    const ready = rows.flatMap(({ account }) => (account ? [account] : []));
    expect(ready.map(({ username }) => username)).toEqual(['motnt.14758', 'ngo.hai']);
    const results = (
      await sendAccounts(
        server,
        ready.map(({ unit, ...account }) => ({ ...account, id: newUuid7(), unitCode: unit.code })),
      )
    ).data.createAccounts;
    expect(results.map(({ __typename }) => __typename)).toEqual(['IssuedCredentials', 'IssuedCredentials']);
    // The same file again: who is in the system has their name, and the next of the same name gets another.
    const again = await rowsOf(file);
    expect(again[0]?.account?.username).toBe('motnt2.14758');
    expect(problemsOf(again[1])).toEqual(['username TAKEN']);
  });

  it('proposes user names that nobody has, each once', async () => {
    const rows = await rowsOf(
      csv(...Array<string>(5).fill('Nguyễn Thị Hoà;;;38;'), 'Đinh Ya;;;38;', 'Hoà N T;hoant2.38;;;'),
    );
    expect(rows.map(({ account }) => account?.username)).toEqual([
      'hoant.38',
      'hoant3.38',
      'hoant4.38',
      'hoant5.38',
      'hoant6.38',
      'yad.38',
      'hoant2.38',
    ]);
  });

  it('finds a code whose zeros the spreadsheet program took, and no unit of another jurisdiction', async () => {
    const rows = await rowsOf(csv('Bà Một;;;1;'), 'admin.vn');
    expect(problemsOf(rows[0])).toEqual(['unit AMBIGUOUS_UNIT']);
    const [outside, named] = await rowsOf(csv('Bà Hai;;;38;', 'Bà Ba;;;Thành phố Hà Nội;'), 'admin.district');
    expect([problemsOf(outside), problemsOf(named)]).toEqual([['unit OUTSIDE'], ['unit UNKNOWN_UNIT']]);
  });

  it('takes as many statements for a thousand rows as for two', async () => {
    const file = (count: number) =>
      csv(...Array.from({ length: count }, (_, at) => `Người Thứ ${at};nguoi.${at};;14758;HR`), 'Không Tên;;;;');
    const few = await countStatements(() => send(file(2)));
    const many = await countStatements(() => send(file(1_000)));
    expect(many.result.data.accountImport.rows.every(({ account }) => account)).toBe(true);
    expect(many.all).toEqual(few.all);
  });
});

describe('a file that is no spreadsheet of officers', () => {
  it.each([
    ['no head', 'a;b\nc;d', 'NO_HEAD'],
    ['nobody in it', head, 'EMPTY'],
    ['a ZIP cut off', craftedXlsx(textRow('a')).subarray(0, 200), 'UNREADABLE'],
    ['a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'LOCKED'],
    ['macros', craftedXlsx(textRow('a'), { 'xl/vbaProject.bin': 'x' }), 'MACROS'],
    ['text that is not UTF-8', Buffer.from('H\xf4 t\xean', 'latin1'), 'ENCODING'],
    ['5,001 people', csv(...Array<string>(5_001).fill('A B;;;;')), 'TOO_MANY_ROWS'],
    ['a million rows', craftedXlsx(textRow('a').repeat(1_000_000)), 'TOO_MANY_ROWS'],
    ['a bomb', craftedXlsx(textRow('a'), { 'xl/sharedStrings.xml': Buffer.alloc(500_000_000, 'x') }), 'TOO_LARGE'],
  ])('is told apart: %s', async (_, file, code) => {
    const { accountImport } = (await send(file)).data;
    expect(accountImport).toMatchObject({ __typename: 'UnreadableSpreadsheet', code });
    expect(accountImport.message).toMatch(/[.?]$/);
    expect(
      (await server.graphql('{ viewer { account { username } } }', {}, { as: 'admin.38' })).errors,
    ).toBeUndefined();
  });

  it('is not even read where the text is no base64, or larger than a request may be', async () => {
    for (const file of ['../../etc/passwd', '', 7, null]) {
      const answer = await server.graphql<Answer>(document, { file }, { as: 'admin.38' });
      expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    }
    expect((await send('x'.repeat(800_000))).errors?.[0]?.extensions['code']).toBe('TOO_LARGE');
  });

  it.each(['officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])('is for administrators only: %s', async (as) => {
    expect((await send(csv('A B;;;;'), as)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('five thousand officers', () => {
  it('are read, checked and created in under a minute', async () => {
    const started = performance.now();
    const rows = [
      head.split(';'),
      ...Array.from({ length: 5_000 }, (_, at) => [`Nguyễn Văn Số ${at}`, `so.${at}.xuong`, '', '14758', 'HR']),
    ];
    const checked = await rowsOf(await writeXlsx({ sheets: [{ name: 'A', rows }] }));
    const inputs = checked.flatMap(({ account }) =>
      account ? [{ ...account, unit: undefined, id: newUuid7(), unitCode: account.unit.code }] : [],
    );
    expect(inputs).toHaveLength(5_000);
    const passwords = new Set<unknown>();
    for (let at = 0; at < 5_000; at += 500) {
      const { createAccounts } = (await sendAccounts(server, inputs.slice(at, at + 500))).data;
      for (const { oneTimePassword } of createAccounts) passwords.add(oneTimePassword);
    }
    expect(passwords.size).toBe(5_000);
    expect(performance.now() - started).toBeLessThan(60_000);
    console.info(`5,000 officers in ${Math.round(performance.now() - started)} ms`);
  }, 90_000);
});
