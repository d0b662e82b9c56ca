import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anIdNumber, aPassage, declared, record } from '#test/builders.ts';
import { passed } from '#test/mismatch-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { countStatements } from '#test/statements.ts';
import { addTracer, openCase } from '#test/tracing-desk.ts';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import { caseIdOf } from './upload-cases.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await addTracer(server, 'tracer.01', '01@2021', '01');
  await addTracer(server, 'tracer.vn', 'VN@2021', 'VN');
  await addTracer(server, 'tracer.hamrong', '14758@2021', '38');
});
afterAll(() => server.stop());

interface Row {
  row: number;
  fullName: string;
  documentMasked: string | null;
  verdict: string;
  message: string | null;
  case: { id: string; status: string; onsetOn: string | null; citizen: { id: string } } | null;
}
interface Uploaded {
  __typename: string;
  code?: string;
  opened: number;
  rows: Row[];
}
const justification = 'danh sách ca bệnh trong ngày của CDC';
const upload = (file: Uint8Array | string, { id = newUuid7(), as = 'tracer.38', why = justification } = {}) =>
  server.graphql<{ uploadCases: Uploaded }>(
    `mutation ($id: ID!, $file: FileContent!, $justification: String!) {
       uploadCases(id: $id, file: $file, justification: $justification) { __typename
         ... on CaseUpload { opened rows { row fullName documentMasked verdict message case { id status onsetOn citizen { id } } } }
         ... on UnreadableSpreadsheet { code } } }`,
    { id, file: Buffer.from(file).toString('base64'), justification: why },
    { as },
  );
const uploaded = async (file: Uint8Array | string, options = {}) => {
  const { data, errors } = await upload(file, options);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.uploadCases;
};
const csv = (...rows: string[]) => ['Số giấy tờ,Họ và tên,Kết luận,Ngày khởi phát', ...rows].join('\n');
const aPerson = async (fullName = 'Lê Thị Dương') => {
  const person = await passed(server, { person: { fullName } });
  return { ...person, number: person.input.person.idNumber ?? '' };
};

describe('a list of cases', () => {
  it('opens each that names one person, and tells of the others why not', async () => {
    const [one, suspected, other, known] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    const before = (await openCase(server, known.citizenId)).data.openCase.id;
    const { rows, opened } = await uploaded(
      csv(
        `${one.number},lê thị dương,Xác định,23/08/2021`,
        `${suspected.number},,Nghi ngờ,`,
        `${other.number},Trần Văn Khác,,`,
        `${known.number},,,`,
        `${anIdNumber()},,,`,
        `12345,,,`,
        `${one.number},,,`,
        `${anIdNumber()},,Không rõ,`,
        `${anIdNumber()},,,31/02/2021`,
        `${anIdNumber()},,,01/01/2031`,
      ),
    );
    expect(opened).toBe(2);
    expect(rows.map(({ row, verdict }) => [row, verdict])).toEqual([
      [2, 'OPENED'],
      [3, 'OPENED'],
      [4, 'AMBIGUOUS'],
      [5, 'OPEN_ALREADY'],
      [6, 'NOT_FOUND'],
      ...[7, 8, 9, 10, 11].map((row) => [row, 'INVALID']),
    ]);
    expect(rows[0]).toMatchObject({
      fullName: 'lê thị dương',
      documentMasked: expect.stringMatching(new RegExp(`${one.number.slice(-3)}$`)),
      message: null,
      case: { status: 'CONFIRMED', onsetOn: '2021-08-23', citizen: { id: one.citizenId } },
    });
    expect(rows[1]?.case).toMatchObject({ status: 'SUSPECTED', onsetOn: null });
    expect(rows[2]).toMatchObject({ case: null, message: expect.stringContaining('tên khác') });
    expect(rows[3]?.case?.id).toBe(before);
    expect(rows[6]?.message).toContain('dòng 2');
    expect(JSON.stringify(rows)).not.toContain(one.number);
  });

  it('opens them as by hand: on the watch list, kept, to be traced, each in the audit trail and all in one entry', async () => {
    const person = await aPerson();
    const id = newUuid7();
    const { rows } = await uploaded(csv(`${person.number},,,`), { id });
    const caseId = rows[0]?.case?.id;
    const [state] = await server.sql(
      `select exists (select from watched_person where case_id = $1) as watched, exists (select from citizen_hold where id = $1) as held,
         exists (select from case_trace where case_id = $1 and due_at is not null) as due`,
      [caseId],
    );
    expect(state).toEqual({ watched: true, held: true, due: true });
    const entries = await server.sql(
      `select action, reason, detail from audit_entry where detail ->> 'uploadId' = $1 order by action`,
      [id],
    );
    expect(entries).toMatchObject([
      { action: 'case.open', reason: justification, detail: { caseId } },
      { action: 'case.upload', reason: justification, detail: { rows: 1, opened: 1, notFound: 0 } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(person.number);
  });

  it('sent again opens nothing twice; under its id another list opens nobody else’s case', async () => {
    const [one, other] = [await aPerson(), await aPerson()];
    const id = newUuid7();
    const first = await uploaded(csv(`${one.number},,,`), { id });
    expect(await uploaded(csv(`${one.number},,,`), { id })).toEqual(first);
    expect((await uploaded(csv(`${other.number},,,`), { id })).rows[0]).toMatchObject({
      verdict: 'INVALID',
      case: null,
    });
  });

  it('as XLSX, with a title above the head, days as days and the zeros of numbers gone', async () => {
    const person = await aPerson();
    const file = await writeXlsx({
      sheets: [
        {
          name: 'Ca bệnh',
          rows: [['Danh sách ngày 23/8'], ['Số CCCD', 'Ngày lấy mẫu'], [Number(person.number), '2021-08-22']],
        },
      ],
    });
    const { rows } = await uploaded(file);
    expect(rows).toMatchObject([{ row: 3, verdict: 'OPENED' }]);
  });

  it('of hundreds takes as many statements as of one', async () => {
    const count = async (people: Array<{ number: string }>) => {
      const rows = people.map(({ number }) => `${number},,,`);
      const { data } = await countStatements(() => uploaded(csv(...rows)));
      return data.filter((text) => !text.includes('touch_session')).length;
    };
    await count([await aPerson()]);
    const few = await count([await aPerson()]);
    const many = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    expect(await count(many)).toBe(few);
  });
});

it('somebody known in several provinces is opened by hand, by whoever sees both', async () => {
  const person = await aPerson();
  const there = await declared(server, { person: { idNumber: person.number } }, '01');
  await record(server, [aPassage(server.checkpoints.hanoi, { declarationId: there.id })], 'officer.01');
  expect((await uploaded(csv(`${person.number},,,`), { as: 'tracer.vn' })).rows[0]?.verdict).toBe('AMBIGUOUS');
  expect((await uploaded(csv(`${person.number},,,`))).rows[0]?.verdict).toBe('OPENED');
});

it('tells a commune nothing of who bears a number and is out of its reach, not even that the name is another', async () => {
  const person = await aPerson();
  const rows = csv(`${person.number},Trần Văn Khác,,`);
  expect((await uploaded(rows)).rows[0]?.verdict).toBe('AMBIGUOUS');
  expect((await uploaded(rows, { as: 'tracer.hamrong' })).rows[0]).toMatchObject({ verdict: 'NOT_FOUND', case: null });
});

it('is for tracers, of their own jurisdiction, with a reason', async () => {
  const person = await aPerson();
  const code = async (options: object) =>
    (await upload(csv(`${person.number},,,`), options)).errors?.[0]?.extensions['code'];
  for (const as of ['admin.38', 'officer.38', 'analyst.38', 'auditor.38']) expect(await code({ as })).toBe('FORBIDDEN');
  expect(await code({ why: 'x' })).toBe('BAD_USER_INPUT');
  expect(await code({ id: '5e0e2ab1-7a0e-4a3f-9d33-0f5c8c7d2f10' })).toBe('BAD_USER_INPUT');
  expect((await uploaded(csv(`${person.number},,,`), { as: 'tracer.01' })).rows[0]?.verdict).toBe('NOT_FOUND');
});

it.each([
  ['nothing that can be read', Buffer.from([0xff, 0xff, 0x00]), 'ENCODING'],
  ['no column of numbers', 'Họ và tên\nLê Thị Dương', 'NO_HEAD'],
  ['no row', 'Số giấy tờ,Họ và tên', 'EMPTY'],
  ['more rows than one upload takes', csv(...Array.from({ length: 505 }, (_, at) => `${at},,,`)), 'TOO_MANY_ROWS'],
])('a file with %s is told apart', async (_, file, code) => {
  expect(await uploaded(file)).toMatchObject({ __typename: 'UnreadableSpreadsheet', code });
});

it('the ids of an upload’s cases are UUIDv7 of its time, another for each row, and the same each time', () => {
  const id = newUuid7();
  const ids = Array.from({ length: 500 }, (_, row) => caseIdOf(id, row));
  expect(new Set(ids).size).toBe(500);
  for (const one of ids) expect(uuid7Time(one)).toBe(uuid7Time(id));
  expect(caseIdOf(id, 7)).toBe(ids[7]);
});
