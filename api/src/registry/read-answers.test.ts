import { describe, expect, test } from 'vitest';
import { createJsonRegistry } from './json/json-registry.ts';
import { usualElements, type MessageSettings } from './registry-settings.ts';
import { createSoapRegistry } from './soap/soap-registry.ts';

const settings: MessageSettings = {
  elements: [...usualElements, 'TaiKhoan=tra-cuu'],
  codes: { MaDVC: 'dvc', MaTichHop: '037', MaDonVi: 'don-vi', MaCanBo: 'can-bo' },
  dateFormat: 'yyyyMMdd',
  names: 'AS_WRITTEN',
  requestNamespace: 'http://dancuquocgia.bca',
  responseNamespace: 'urn:dancu',
};
const question = { requestId: 'r', idNumber: '038090000001', formerIdNumber: null, fullName: 'A', dateOfBirth: '1950' };
const { signal } = new AbortController();
const replying =
  (text: string, status = 200) =>
  async () => ({ kind: 'REPLY' as const, status, text });

const json = (body: unknown, status?: number) =>
  createJsonRegistry(replying(JSON.stringify(body), status), settings).lookUp(question, signal);
const person = (fields: object) => json({ CongdanCollection: { CongDan: [{ HoVaTen: 'Lê An', ...fields }] } });
const soap = (body: string) =>
  createSoapRegistry(
    replying(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`),
    settings,
  ).lookUp(question, signal);

describe('an answer', () => {
  test('of nobody comes in many shapes', async () => {
    for (const people of [null, '', {}, [], [{}], [null]])
      expect(await json({ CongdanCollection: { CongDan: people } })).toEqual({ kind: 'NOT_FOUND' });
    for (const collection of [null, '', {}])
      expect(await json({ Body: { CongdanCollection: collection } })).toEqual({ kind: 'NOT_FOUND' });
    for (const collection of [
      '<CongdanCollection xmlns="urn:dancu"/>',
      '<x:CongdanCollection xmlns:x="urn:dancu"> </x:CongdanCollection>',
    ])
      expect(await soap(collection)).toEqual({ kind: 'NOT_FOUND' });
  });

  test('is no answer without a collection', async () => {
    expect(await json({})).toMatchObject({ kind: 'FAILED', why: 'FAULT', retryable: true });
    expect(await soap('<other/>')).toMatchObject({ kind: 'FAILED', why: 'FAULT', retryable: true });
    expect(await soap('')).toMatchObject({ kind: 'FAILED', why: 'FAULT', retryable: true });
  });

  test('can be wrapped in a response, and holds one person', async () => {
    const collection = (people: string) =>
      soap(`<r><CongdanCollection xmlns="urn:dancu">${people}</CongdanCollection></r>`);
    const one = '<CongDan><HoVaTen>Lê An</HoVaTen></CongDan>';
    expect(await collection(one)).toMatchObject({ kind: 'FOUND', record: { fullName: 'Lê An', idNumber: null } });
    expect(await collection(one + one)).toMatchObject({ kind: 'FAILED', why: 'FAULT', retryable: false });
    expect(await collection('<CongDan><HoVaTen/></CongDan>')).toMatchObject({ kind: 'FAILED', why: 'FAULT' });
  });

  test('refused by the gateway is known by its code, also where the status says 200', async () => {
    const refused = { kind: 'FAILED', why: 'NOT_AUTHORISED', retryable: false };
    expect(await json({ errorCode: '004' })).toMatchObject(refused);
    expect(await json({ errorCode: '005', message: 'Lê An' }, 500)).toEqual({
      ...refused,
      detail: 'gateway code 005: the officer is not authorised',
    });
    expect(await soap('<s:Fault><faultcode>s:Server.005</faultcode></s:Fault>')).toMatchObject(refused);
    expect(await json({ errorCode: '999' }, 400)).toMatchObject({ why: 'FAULT', retryable: true });
    expect(await json({}, 504)).toMatchObject({ why: 'TIMEOUT', retryable: true });
    expect(await json({}, 429)).toMatchObject({ why: 'FAULT', retryable: true });
    expect(await json({}, 302)).toMatchObject({ why: 'FAULT', retryable: false });
    expect(await json({}, 403)).toMatchObject(refused);
  });
});

describe('a record', () => {
  test.each([
    [{ NgayThangNam: '19500823' }, '1950-08-23'],
    [{ NgayThangNam: '1950-08-23' }, '1950-08-23'],
    [{ NgayThangNam: '19500000' }, '1950'],
    [{ Nam: '1950' }, '1950'],
    [{ Nam: 1950 }, '1950'],
    ['19500823', '1950-08-23'],
    ['23/08/1950', '1950-08-23'],
    [{ NgayThangNam: '31021950' }, null],
    [{}, null],
  ])('is born %j: %s', async (NgayThangNamSinh, dateOfBirth) => {
    expect(await person({ NgayThangNamSinh })).toMatchObject({ record: { dateOfBirth } });
  });

  test.each([
    [{ Ho: 'Nguyễn', ChuDem: 'Thị Thu', Ten: 'Hà' }, 'Nguyễn Thị Thu Hà'],
    [{ Ho: null, ChuDem: '', Ten: 'Nguyễn Thị Thu Hà' }, 'Nguyễn Thị Thu Hà'],
    [{ Ho: 'Nguyễn', ChuDem: ' ', Ten: ' Hà ' }, 'Nguyễn Hà'],
    ['Nguyễn  Hà', 'Nguyễn Hà'],
  ])('is named %j', async (HoVaTen, fullName) => {
    expect(await person({ HoVaTen })).toMatchObject({ record: { fullName } });
  });

  test('holds numbers of their length, a sex where one is told, and the finest unit', async () => {
    expect(await person({ SoDinhDanh: '038090000001', SoCMND: '171000001', GioiTinh: 2 })).toMatchObject({
      record: { idNumber: '038090000001', formerIdNumber: '171000001', sex: 'FEMALE' },
    });
    expect(await person({ SoDinhDanh: 38090000001, SoCMND: '12', GioiTinh: 'Nam' })).toMatchObject({
      record: { idNumber: null, formerIdNumber: null, sex: 'MALE' },
    });
    const ThuongTru = { MaTinhThanh: '38', MaQuanHuyen: '380', MaPhuongXa: null, ChiTiet: ' Thôn  1 ' };
    expect(await person({ GioiTinh: 0, ThuongTru })).toMatchObject({
      record: { sex: null, permanent: { unitCode: '380', line: 'Thôn 1' } },
    });
  });
});

describe('a question', () => {
  const asked = async (changes: object, kind: 'soap' | 'json' = 'soap') => {
    let sent = '';
    const ask = async ({ body }: { body: string }) => ((sent = body), replying('')());
    const registry = (kind === 'soap' ? createSoapRegistry : createJsonRegistry)(ask, settings);
    await registry.lookUp({ ...question, ...changes }, signal);
    return sent;
  };

  test('has its elements in order, what is fixed among them, and none that is empty', async () => {
    const names = [...(await asked({})).matchAll(/<dan:(\w+)>/g)].map(([, name]) => name);
    expect(names).toEqual([
      'TraCuuThongTinCongDan',
      ...usualElements.filter((name) => name !== 'SoCMND'),
      'Nam',
      'TaiKhoan',
    ]);
    expect(await asked({}, 'json')).toBe(
      '{"MaYeuCau":"r","MaDVC":"dvc","MaTichHop":"037","MaDonVi":"don-vi","MaCanBo":"can-bo","SoDinhDanh":"038090000001","HoVaTen":"A","NgayThangNamSinh":"1950","TaiKhoan":"tra-cuu"}',
    );
  });

  test('cannot be broken open by a name', async () => {
    const sent = await asked({ fullName: 'A</dan:HoVaTen><dan:SoCMND>1&"\u0001' });
    expect(sent).toContain('<dan:HoVaTen>A&lt;/dan:HoVaTen&gt;&lt;dan:SoCMND&gt;1&amp;&quot;</dan:HoVaTen>');
  });
});
