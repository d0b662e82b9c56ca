import type { Communes } from './communes.ts';
import type { SimulatedQuestion } from './population.ts';
import type { SimulatedCitizen } from './simulated-citizen.ts';

/** Reads a question of the platforms that speak JSON: the elements of SOAP as members of one object. */
export function readJsonQuestion(text: string): SimulatedQuestion | null {
  const read = JSON.parse(text) as Record<string, unknown>;
  const value = (name: string) => (typeof read[name] === 'string' ? read[name] : '');
  if (!value('MaYeuCau') || !value('HoVaTen')) return null;
  return {
    idNumber: value('SoDinhDanh'),
    formerIdNumber: value('SoCMND'),
    fullName: value('HoVaTen'),
    dateOfBirth: value('NgayThangNamSinh'),
  };
}

export function jsonAnswer(person: SimulatedCitizen | null, communes: Communes): string {
  return JSON.stringify({ Body: { CongdanCollection: person ? { CongDan: citizen(person, communes) } : null } });
}

function citizen(person: SimulatedCitizen, communes: Communes) {
  const { communeCode, line } = person.address;
  const { district, province } = communes.above(communeCode);
  const home = { MaTinhThanh: province, MaQuanHuyen: district, MaPhuongXa: communeCode, ChiTiet: line };
  const relative = (fullName: string | null) => fullName && { HoVaTen: { Ten: fullName } };
  return {
    SoDinhDanh: person.idNumber,
    SoCMND: person.formerIdNumber,
    HoVaTen: { Ho: null, ChuDem: null, Ten: person.fullName },
    GioiTinh: person.sex === 'MALE' ? 1 : 2,
    NgayThangNamSinh:
      person.dateOfBirth.length === 4
        ? { Nam: person.dateOfBirth }
        : { NgayThangNam: person.dateOfBirth.replaceAll('-', '') },
    QuocTich: 'VN',
    ThuongTru: home,
    NoiOHienTai: home,
    Cha: relative(person.father),
    Me: relative(person.mother),
    VoChong: relative(person.spouse),
    ChuHo: relative(person.father),
  };
}
