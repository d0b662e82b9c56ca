export interface DemoCheckpoint {
  code: string;
  name: string;
  unitCode: string;
  kind: 'ROAD' | 'RAIL' | 'WATER' | 'AIR';
  latitude: number;
  longitude: number;
}

/** Thanh Hóa's border roads and stations, at about their real places. */
export const demoCheckpoints: readonly DemoCheckpoint[] = [
  {
    code: 'TH-01',
    name: 'Chốt Dốc Xây (QL1A, giáp Ninh Bình)',
    unitCode: '14809',
    kind: 'ROAD',
    latitude: 20.1163,
    longitude: 105.8742,
  },
  {
    code: 'TH-02',
    name: 'Chốt Khe Nước Lạnh (QL1A, giáp Nghệ An)',
    unitCode: '16648',
    kind: 'ROAD',
    latitude: 19.3068,
    longitude: 105.7047,
  },
  {
    code: 'TH-03',
    name: 'Chốt cầu Điền Hộ (QL10, giáp Ninh Bình)',
    unitCode: '16150',
    kind: 'ROAD',
    latitude: 20.0557,
    longitude: 105.9893,
  },
  {
    code: 'TH-04',
    name: 'Chốt cầu Ghép (QL1A)',
    unitCode: '16495',
    kind: 'ROAD',
    latitude: 19.6136,
    longitude: 105.7739,
  },
  {
    code: 'TH-05',
    name: 'Chốt Thạch Lâm (đường Hồ Chí Minh, giáp Hòa Bình)',
    unitCode: '15196',
    kind: 'ROAD',
    latitude: 20.3217,
    longitude: 105.5118,
  },
  {
    code: 'TH-06',
    name: 'Chốt Phố Cát (QL45, giáp Ninh Bình)',
    unitCode: '15190',
    kind: 'ROAD',
    latitude: 20.1698,
    longitude: 105.7331,
  },
  {
    code: 'TH-07',
    name: 'Chốt cửa khẩu quốc tế Na Mèo (QL217)',
    unitCode: '15013',
    kind: 'ROAD',
    latitude: 20.3446,
    longitude: 104.6032,
  },
  {
    code: 'TH-08',
    name: 'Chốt Co Lương (QL15, giáp Hòa Bình)',
    unitCode: '14878',
    kind: 'ROAD',
    latitude: 20.5566,
    longitude: 105.0391,
  },
  {
    code: 'TH-09',
    name: 'Chốt Bãi Trành (đường Hồ Chí Minh, giáp Nghệ An)',
    unitCode: '16177',
    kind: 'ROAD',
    latitude: 19.4339,
    longitude: 105.4212,
  },
  { code: 'TH-10', name: 'Ga Thanh Hóa', unitCode: '14770', kind: 'RAIL', latitude: 19.8057, longitude: 105.7659 },
  {
    code: 'TH-11',
    name: 'Cảng hàng không Thọ Xuân',
    unitCode: '15553',
    kind: 'AIR',
    latitude: 19.9017,
    longitude: 105.4678,
  },
  { code: 'TH-12', name: 'Cảng Nghi Sơn', unitCode: '16657', kind: 'WATER', latitude: 19.3128, longitude: 105.8165 },
];
