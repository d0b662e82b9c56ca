import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, anIdNumber, declared, submit } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { newReceiptSecret } from './shared/receipt-secret.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const rowsOf = async (ids: string[]) =>
  (await server.sql('select id from declaration where id = any($1)', [ids])).length;

describe('submitting', () => {
  it('a declaration is stored and answered with its code, its validity of 72 hours and its pass', async () => {
    const [result] = (await submit(server, [aDeclaration()])).data.submitDeclarations;
    expect(result?.__typename).toBe('DeclarationSubmitted');
    expect(result?.declaration.code).toMatch(/^38[0-9A-Z]{7}$/);
    expect(result?.receipt.qrPayload).toMatch(/^CDN1:/);
    const hours =
      (Date.parse(result?.declaration.validUntil ?? '') - Date.parse(result?.declaration.submittedAt ?? '')) /
      3_600_000;
    expect(hours).toBe(72);
  });

  it('a lost reply sent again gives the same answer and stores nothing twice', async () => {
    const input = [aDeclaration(), aDeclaration()];
    const first = await submit(server, input);
    const again = await submit(server, input);
    expect(again.data).toEqual(first.data);
    expect(await rowsOf(input.map(({ id }) => id))).toBe(2);
  });

  it('the same submission sent ten times at once is stored once, and all get the same code', async () => {
    const input = [aDeclaration(), aDeclaration(), aDeclaration()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(server, input)));
    const codes = answers.map(({ data }) => data.submitDeclarations.map((result) => result.declaration?.code).join());
    expect(new Set(codes).size).toBe(1);
    expect(await rowsOf(input.map(({ id }) => id))).toBe(3);
  });

  it('the same id with other content is told apart and changes nothing', async () => {
    const input = aDeclaration();
    await submit(server, [input]);
    const [result] = (await submit(server, [{ ...input, person: { ...input.person, fullName: 'Trần Văn Khác' } }])).data
      .submitDeclarations;
    expect(result).toMatchObject({
      __typename: 'InvalidDeclaration',
      id: input.id,
      fields: [{ path: 'id', code: 'ID_REUSED' }],
    });
    const [row] = await server.sql('select full_name from declaration where id = $1', [input.id]);
    expect(row?.['full_name']).toBe('Nguyễn Thị Hoa');
  });

  it('where one of a family is invalid none is stored, and the faultless have no fields', async () => {
    const input = [aDeclaration(), aDeclaration({ person: { idNumber: null } })];
    const results = (await submit(server, input)).data.submitDeclarations;
    expect(results.map(({ __typename }) => __typename)).toEqual(['InvalidDeclaration', 'InvalidDeclaration']);
    expect(results[0]?.fields).toEqual([]);
    expect(results[1]?.fields?.[0]).toMatchObject({ code: 'DOCUMENT_REQUIRED' });
    expect(await rowsOf(input.map(({ id }) => id))).toBe(0);
  });

  it('companions see each other, and a person who declares again stays one citizen', async () => {
    const person = { idNumber: anIdNumber() };
    const family = [aDeclaration({ person }), aDeclaration({ person: { fullName: 'Trần Văn Bình', sex: 'MALE' } })];
    const [first] = (await submit(server, family)).data.submitDeclarations;
    expect(first?.declaration.companions.map(({ id }) => id)).toEqual([family[1]?.id]);
    const again = await declared(server, { person });
    const citizens = await server.sql('select distinct citizen_id from declaration where id = any($1)', [
      [family[0]?.id, again.id],
    ]);
    expect(citizens).toHaveLength(1);
  });

  it('a number that contradicts sex or year is a warning, not an error', async () => {
    const [result] = (await submit(server, [aDeclaration({ person: { idNumber: anIdNumber('MALE', 1985) } })])).data
      .submitDeclarations;
    expect(result?.__typename).toBe('DeclarationSubmitted');
    expect(result?.declaration.warnings.map(({ code }) => code).sort()).toEqual([
      'CONTRADICTS_BIRTH_YEAR',
      'CONTRADICTS_SEX',
    ]);
  });

  it('a name typed with combining marks is stored composed', async () => {
    const { id } = await declared(server, { person: { fullName: 'Nguyễn Thị Hoa'.normalize('NFD') } });
    const [row] = await server.sql('select full_name from declaration where id = $1', [id]);
    expect(row?.['full_name']).toBe('Nguyễn Thị Hoa'.normalize('NFC'));
  });
});

describe('bad input', () => {
  const day = 86_400_000;
  const cases: Array<[string, Parameters<typeof aDeclaration>[0], string, string]> = [
    ['an over-long name', { person: { fullName: 'a'.repeat(226) } }, 'person.fullName', 'TOO_LONG'],
    ['an emoji in a name', { person: { fullName: 'Hoa 🌸' } }, 'person.fullName', 'EMOJI'],
    ['a birth date in the future', { person: { dateOfBirth: '2999-01-01' } }, 'person.dateOfBirth', 'BIRTH_IN_FUTURE'],
    ['an unknown unit', { journey: { originCode: '9999' } }, 'journey.originCode', 'UNKNOWN_UNIT'],
    [
      'a commune outside its district',
      { journey: { destinationCode: '381' } },
      'journey.destinationAddress.unitCode',
      'OUTSIDE',
    ],
    [
      'a departure long past',
      { journey: { departsAt: new Date(Date.now() - 20 * day) } },
      'journey.departsAt',
      'DEPARTED_TOO_LONG_AGO',
    ],
    [
      'a test in the future',
      { health: { testedAt: new Date(Date.now() + day), testNegative: true } },
      'health.testedAt',
      'TEST_IN_FUTURE',
    ],
    ['a clock an hour and more ahead', { id: newUuid7(Date.now() + 2 * 3_600_000) }, 'id', 'CLOCK'],
    ['a clock a fortnight behind', { id: newUuid7(Date.now() - 15 * day) }, 'id', 'CLOCK'],
    ['a random UUID', { id: '5e0e2ab1-7a0e-4a3f-9d33-0f5c8c7d2f10' }, 'id', 'ID'],
    ['a secret of another province', { receiptSecret: newReceiptSecret('01') }, 'receiptSecret', 'WRONG_PROVINCE'],
    ['no address for a Vietnamese', { person: { permanentAddress: null } }, 'person.permanentAddress', 'REQUIRED'],
  ];

  it.each(cases)(
    '%s is named beside its field, in both languages, and nothing is stored',
    async (_, changes, path, code) => {
      const input = aDeclaration(changes);
      const vietnamese = (await submit(server, [input], 'vi')).data.submitDeclarations[0];
      const english = (await submit(server, [input], 'en')).data.submitDeclarations[0];
      const problem = (result: typeof vietnamese) =>
        result?.fields?.find((field) => field.path.startsWith(path) && field.code === code);
      expect(problem(vietnamese)?.message).toMatch(/\p{L}/u);
      expect(problem(english)?.message).not.toBe(problem(vietnamese)?.message);
      expect(await rowsOf([input.id])).toBe(0);
    },
  );

  it('a wrong shape or type names its path, in the language asked for, and never repeats the value', async () => {
    const input = aDeclaration();
    const wrong = { ...input, person: { ...input.person, idNumber: '0381900' } };
    const vi = await submit(server, [wrong], 'vi');
    expect(vi.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: { 'input.0.person.idNumber': expect.stringContaining('12 chữ số') },
    });
    const en = await submit(server, [wrong], 'en');
    expect(en.errors?.[0]?.extensions['fields']).toEqual({
      'input.0.person.idNumber': expect.stringContaining('12 digits'),
    });
    expect(en.text).not.toContain('0381900');
  });

  it('an empty submission and 51 declarations are refused', async () => {
    for (const input of [[], Array.from({ length: 51 }, () => aDeclaration())]) {
      expect((await submit(server, input)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  it('companions to two provinces are refused, and neither is stored', async () => {
    const input = [aDeclaration(), aDeclaration({}, '01')];
    const results = (await submit(server, input)).data.submitDeclarations;
    expect(results[1]?.fields?.map(({ code }) => code)).toContain('OTHER_PROVINCE');
    expect(await rowsOf(input.map(({ id }) => id))).toBe(0);
  });

  it('a request of 5 MB is refused with a clear answer', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify({ query: 'x'.repeat(5_000_000) }),
    });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('1 MB');
  });
});

describe('the receipt', () => {
  const receipt = `query ($secret: String!) { receipt(secret: $secret) { qrPayload qrSvg declaration { id withdrawnAt person { idNumber phone } citizen { id } passages { id } } } }`;

  it('its secret reopens the declaration, whole, without citizen and passages', async () => {
    const { secret, id, input, qrPayload } = await declared(server);
    const answer = await server.graphql<{
      receipt: { qrPayload: string; qrSvg: string; declaration: Record<string, unknown> };
    }>(receipt, { secret });
    expect(answer.data.receipt).toMatchObject({
      qrPayload,
      declaration: { id, person: { idNumber: input.person.idNumber }, citizen: null, passages: [] },
    });
    expect(answer.data.receipt.qrSvg).toMatch(/^<svg/);
  });

  it('a secret of nobody, of another province or of another shape answers null', async () => {
    const { secret } = await declared(server);
    for (const wrong of [newReceiptSecret('38'), `01${secret.slice(2)}`, 'x', '']) {
      expect((await server.graphql(receipt, { secret: wrong })).data['receipt']).toBeNull();
    }
  });

  it('withdrawing stands in the trust list, and twice is once', async () => {
    const { secret, id } = await declared(server);
    const withdraw = `mutation ($secret: String!) { withdrawDeclaration(secret: $secret) { declaration { withdrawnAt } } }`;
    const first = await server.graphql(withdraw, { secret });
    const again = await server.graphql(withdraw, { secret });
    expect(first.data).toEqual(again.data);
    await expect
      .poll(
        async () => ((await (await fetch(`${server.url}/trust.json`)).json()) as { withdrawn: string[] }).withdrawn,
        { timeout: 8_000 },
      )
      .toContain(id);
  });
});
