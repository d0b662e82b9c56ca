import { readXml, type XmlElement } from '../../registry/soap/read-xml.service.ts';
import type { Communes } from './communes.ts';
import type { SimulatedQuestion } from './population.ts';
import type { SimulatedCitizen } from './simulated-citizen.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const namespace = 'http://www.mic.gov.vn/dancu/1.0';
const asked = 'http://dancuquocgia.bca';
// The order that the real service insists on.
const order = [
  'MaYeuCau',
  'MaDVC',
  'MaTichHop',
  'MaDonVi',
  'MaCanBo',
  'SoDinhDanh',
  'SoCMND',
  'HoVaTen',
  'NgayThangNamSinh',
];

/** Reads a question as strictly as the real service: its operation, namespace and order of elements. */
export function readSoapQuestion(text: string): SimulatedQuestion | null {
  const operation = readXml(text)?.children.find(({ name }) => name === 'Body')?.children[0];
  if (operation?.name !== 'TraCuuThongTinCongDan' || operation.namespace !== asked) return null;
  const places = operation.children.map(({ name }) => order.indexOf(name));
  if (places.some((place, index) => place < 0 || place <= (places[index - 1] ?? -1))) return null;
  const value = (name: string) => deepText(operation.children.find((child) => child.name === name));
  return {
    idNumber: value('SoDinhDanh'),
    formerIdNumber: value('SoCMND'),
    fullName: value('HoVaTen'),
    dateOfBirth: value('NgayThangNamSinh'),
  };
}

const deepText = (element: XmlElement | undefined): string =>
  element ? element.text + element.children.map(deepText).join('') : '';

export function soapAnswer(person: SimulatedCitizen | null, communes: Communes, inNamespace = namespace): string {
  const people = person ? citizen(person, communes) : '';
  return envelope(`<ns1:CongdanCollection xmlns:ns1="${inNamespace}">${people}</ns1:CongdanCollection>`);
}

export const soapFault = () =>
  envelope(
    '<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>Loi he thong</faultstring></soapenv:Fault>',
  );

const envelope = (content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${soap}"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;

const tag = (name: string, content: string) => (content ? `<ns1:${name}>${content}</ns1:${name}>` : `<ns1:${name}/>`);
const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function citizen(person: SimulatedCitizen, communes: Communes): string {
  const home = address(person, communes);
  return tag(
    'CongDan',
    [
      tag('SoDinhDanh', person.idNumber),
      tag('SoCMND', person.formerIdNumber ?? ''),
      tag('HoVaTen', name(person)),
      tag('GioiTinh', person.sex === 'MALE' ? '1' : '2'),
      tag('NgayThangNamSinh', birth(person.dateOfBirth)),
      tag('QuocTich', 'VN'),
      tag('QueQuan', home),
      tag('ThuongTru', home),
      tag('NoiOHienTai', home),
      ...Object.entries({ Cha: person.father, Me: person.mother, VoChong: person.spouse, ChuHo: person.father }).map(
        ([relation, relative]) => (relative ? tag(relation, tag('HoVaTen', text(relative))) : ''),
      ),
    ].join(''),
  );
}

/** In three pieces or, of every other person, all of it in the last. */
function name({ fullName, idNumber }: SimulatedCitizen): string {
  const words = fullName.split(' ');
  if (Number(idNumber.at(-1)) % 2 === 0 || words.length < 2) return tag('Ten', text(fullName));
  const [family = '', ...rest] = words;
  return (
    tag('Ho', text(family)) + tag('ChuDem', text(rest.slice(0, -1).join(' '))) + tag('Ten', text(rest.at(-1) ?? ''))
  );
}

const birth = (date: string) => (date.length === 4 ? tag('Nam', date) : tag('NgayThangNam', date.replaceAll('-', '')));

function address({ address: { communeCode, line } }: SimulatedCitizen, communes: Communes): string {
  const { district, province } = communes.above(communeCode);
  return (
    tag('MaTinhThanh', province) +
    tag('MaQuanHuyen', district) +
    tag('MaPhuongXa', communeCode) +
    tag('ChiTiet', text(line))
  );
}
