import type { Random } from './random.ts';

export const demoProvinceCode = '38';

/** Where people come from and go to, with the first digits of its plates and the checkpoints on the way. */
export interface Neighbour {
  provinceCode: string;
  plate: string;
  weight: number;
  /** Counted as an epidemic area in this demo. */
  affected?: boolean;
  road: readonly string[];
  train?: boolean;
  flight?: boolean;
  boat?: boolean;
  /** A border gate or port of the province itself: the commune that stands for what lies beyond, and who comes from there. */
  gate?: { unitCode: string; nationality: string; names: readonly string[] };
}

const north = ['TH-01', 'TH-01', 'TH-01', 'TH-06'];
const coast = ['TH-03', 'TH-01'];
const west = ['TH-05', 'TH-08'];
const south = ['TH-02', 'TH-02', 'TH-02', 'TH-09'];

const laoNames = [
  'Bounmy Phommasane',
  'Khamla Vongsa',
  'Somchai Keomany',
  'Bouavanh Sisavath',
  'Phonesavanh Inthavong',
  'Vilay Chanthavong',
];
const sailorNames = [
  'Jose Reyes Santos',
  'Mark Anthony Cruz',
  'Rodel Dela Peña',
  'Ramon Villanueva',
  'Jun Bautista',
  'Arnel Mendoza',
];

export const neighbours: readonly Neighbour[] = [
  { provinceCode: '01', plate: '30', weight: 20, affected: true, road: north, train: true },
  { provinceCode: '79', plate: '51', weight: 14, affected: true, road: south, train: true, flight: true },
  { provinceCode: '74', plate: '61', weight: 11, affected: true, road: south },
  { provinceCode: '75', plate: '60', weight: 6, affected: true, road: south, train: true },
  { provinceCode: '37', plate: '35', weight: 10, road: [...north, 'TH-03'], train: true },
  { provinceCode: '40', plate: '37', weight: 10, road: south, train: true },
  { provinceCode: '36', plate: '18', weight: 6, road: coast, train: true },
  { provinceCode: '35', plate: '90', weight: 3, road: north, train: true },
  { provinceCode: '34', plate: '17', weight: 3, road: coast },
  { provinceCode: '31', plate: '15', weight: 3, road: coast },
  { provinceCode: '27', plate: '99', weight: 4, affected: true, road: north },
  { provinceCode: '24', plate: '98', weight: 3, affected: true, road: north },
  { provinceCode: '30', plate: '34', weight: 2, road: north },
  { provinceCode: '33', plate: '89', weight: 2, road: north },
  { provinceCode: '22', plate: '14', weight: 2, road: coast },
  { provinceCode: '17', plate: '28', weight: 4, road: west },
  { provinceCode: '14', plate: '26', weight: 2, road: west },
  { provinceCode: '42', plate: '38', weight: 3, road: south, train: true },
  { provinceCode: '48', plate: '43', weight: 2, affected: true, road: south, train: true, flight: true },
  { provinceCode: '66', plate: '47', weight: 2, road: south, flight: true },
  { provinceCode: '80', plate: '62', weight: 1, affected: true, road: south },
  {
    provinceCode: '38',
    plate: '36',
    weight: 2,
    road: ['TH-07'],
    gate: { unitCode: '15013', nationality: 'LAO', names: laoNames },
  },
  {
    provinceCode: '38',
    plate: '36',
    weight: 2,
    road: ['TH-12'],
    boat: true,
    gate: { unitCode: '16657', nationality: 'PHL', names: sailorNames },
  },
];

/** The codes of all communes of a province. */
export type CommunesOf = (provinceCode: string) => readonly string[];

const streets = [
  'Lê Lợi',
  'Trần Phú',
  'Nguyễn Trãi',
  'Quang Trung',
  'Lê Hoàn',
  'Hàm Nghi',
  'Bà Triệu',
  'Lê Lai',
  'Hạc Thành',
  'Phan Chu Trinh',
];
const hamlets = [
  'Đông',
  'Đoài',
  'Nam',
  'Bắc',
  'Trung',
  'Thượng',
  'Hạ',
  'Tân Lập',
  'Đồng Tâm',
  'Phú Quý',
  'Yên Bình',
  'Vạn Lộc',
];

export function addressLine(random: Random): string {
  return random.weighted<() => string>([
    [() => `Thôn ${random.int(1, 12)}`, 4],
    [() => `Thôn ${random.pick(hamlets)}`, 3],
    [() => `Xóm ${random.pick(hamlets)}`, 1],
    [() => `Số ${random.int(1, 320)} đường ${random.pick(streets)}`, 3],
    [() => `Tổ dân phố ${random.int(1, 15)}`, 1],
  ])();
}
