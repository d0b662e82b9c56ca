import type { Sex } from '../people/shared/sex.ts';
import type { Random } from './random.ts';

const families: ReadonlyArray<readonly [string, number]> = [
  ['Nguyễn', 28],
  ['Lê', 22],
  ['Trịnh', 6],
  ['Phạm', 8],
  ['Trần', 7],
  ['Hoàng', 4],
  ['Bùi', 3],
  ['Đỗ', 3],
  ['Vũ', 3],
  ['Hà', 2],
  ['Mai', 2],
  ['Lưu', 1],
  ['Cao', 1],
  ['Đinh', 1],
  ['Ngô', 1],
  ['Dương', 1],
  ['Đào', 1],
  ['Tống', 1],
  ['Quách', 1],
  ['Lò', 0.5],
  ['Vi', 0.5],
  ['Lương', 1],
  ['Hồ', 0.5],
  ['Phan', 1],
  ['Đặng', 1],
  ['Võ', 0.5],
  ['Thiều', 0.5],
  ['Khương', 0.3],
  ['Viên', 0.2],
  ['Nguyễn Đình', 1],
];
const middles: Record<'FEMALE' | 'MALE', ReadonlyArray<readonly [string, number]>> = {
  FEMALE: [
    ['Thị', 45],
    ['Ngọc', 6],
    ['Thu', 6],
    ['Phương', 5],
    ['Thanh', 5],
    ['Hồng', 4],
    ['Mai', 3],
    ['Bích', 3],
    ['Khánh', 3],
    ['Thùy', 3],
    ['Minh', 3],
    ['Diệu', 2],
    ['Quỳnh', 3],
    ['', 4],
  ],
  MALE: [
    ['Văn', 30],
    ['Đức', 8],
    ['Hữu', 7],
    ['Xuân', 6],
    ['Quang', 6],
    ['Minh', 6],
    ['Ngọc', 5],
    ['Đình', 5],
    ['Bá', 4],
    ['Công', 4],
    ['Tiến', 4],
    ['Trọng', 4],
    ['Thế', 3],
    ['Anh', 3],
    ['', 5],
  ],
};
const given: Record<'FEMALE' | 'MALE', readonly string[]> = {
  FEMALE:
    'An Anh Bích Chi Châu Cúc Diễm Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hòa Hồng Huệ Huyền Hương Hường Khuyên Lan Liên Linh Loan Ly Mai Mơ My Nga Ngân Ngọc Nguyệt Nhàn Nhung Oanh Phương Phượng Quyên Quỳnh Sen Tâm Thảo Thắm Thìn Thoa Thơm Thu Thủy Thúy Thư Trang Trinh Tuyết Tươi Uyên Vân Vui Xuân Yến'.split(
      ' ',
    ),
  MALE: 'An Anh Bảo Bình Cảnh Chiến Chung Công Cường Dũng Duy Dương Đại Đạt Đông Đức Giang Hà Hải Hào Hiếu Hiệp Hoàng Hòa Hùng Huy Hưng Khánh Khôi Kiên Lâm Linh Long Lợi Lực Mạnh Minh Nam Nghĩa Nguyên Nhân Phong Phú Phúc Quân Quang Quý Quyết Sơn Tài Tâm Tân Thái Thanh Thành Thắng Thịnh Thọ Thuận Tiến Toàn Trung Trường Tú Tuấn Tùng Tuyên Vinh Việt Vũ'.split(
    ' ',
  ),
};

export function familyName(random: Random): string {
  return random.weighted(families);
}

/** A full name in its usual order: family, middle, given. */
export function fullName(random: Random, sex: Sex, family: string): string {
  const kind = sex === 'FEMALE' ? 'FEMALE' : 'MALE';
  return [family, random.weighted(middles[kind]), random.pick(given[kind])].filter(Boolean).join(' ');
}

/** A given name other than one. */
export function givenName(random: Random, sex: Sex, otherThan: string): string {
  return random.pick(given[sex === 'FEMALE' ? 'FEMALE' : 'MALE'].filter((name) => name !== otherThan));
}
