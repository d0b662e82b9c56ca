import { badInput } from '../platform/graphql/problems.ts';
import { readLine } from '../platform/shared/text.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { coversUnit, type Scope } from '../policy/policy.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { Checkpoint } from './checkpoint.entity.ts';
import type { CheckpointInput } from './checkpoint.input.ts';

export type CheckpointDraft = Omit<Checkpoint, 'createdAt' | 'active' | 'closesAt'> & {
  wanted: { active: boolean; closesOn: string | null };
};

const longestName = 200;
const codePattern = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,19}$/u;

const texts = {
  id: { vi: 'Mã định danh phải là UUIDv7.', en: 'The id must be a UUIDv7.' },
  code: { vi: 'Mã chốt có 1 đến 20 chữ, số hoặc . _ / -', en: 'A code has 1 to 20 letters, digits or . _ / -' },
  name: {
    vi: `Cần tên chốt, tối đa ${longestName} ký tự.`,
    en: `A name is needed, of at most ${longestName} characters.`,
  },
  unitCode: {
    vi: 'Chọn xã, huyện hoặc tỉnh nằm trong địa bàn của bạn.',
    en: 'Choose a commune, district or province within your jurisdiction.',
  },
  latitude: {
    vi: 'Vĩ độ từ -90 đến 90, nhập cùng kinh độ.',
    en: 'Latitude is from -90 to 90 and comes with longitude.',
  },
  longitude: {
    vi: 'Kinh độ từ -180 đến 180, nhập cùng vĩ độ.',
    en: 'Longitude is from -180 to 180 and comes with latitude.',
  },
  closesOn: {
    vi: 'Ngày đóng chốt là hôm nay hoặc sau này, và chỉ đặt cho chốt đang mở.',
    en: 'The last open day is today or later, and only of a checkpoint that is open.',
  },
};

/** Reads what an administrator sent; throws BAD_USER_INPUT with all problems at once. */
export function readCheckpoint(input: CheckpointInput, scope: Scope, territory: Territory, at: Date): CheckpointDraft {
  const unit = territory.byCode(input.unitCode);
  const [latitude, longitude] = [input.latitude ?? null, input.longitude ?? null];
  const name = readLine(input.name, longestName);
  const code = input.code.normalize('NFC').trim();
  const wrong: Array<keyof typeof texts> = [];
  if (uuid7Time(input.id) === null) wrong.push('id');
  if (!codePattern.test(code)) wrong.push('code');
  if (!name) wrong.push('name');
  if (!unit || unit.level === 'NATION' || !coversUnit(scope, unit)) wrong.push('unitCode');
  if (!isDegrees(latitude, 90) || (latitude === null && longitude !== null)) wrong.push('latitude');
  if (!isDegrees(longitude, 180) || (longitude === null && latitude !== null)) wrong.push('longitude');
  const wanted = { active: input.active, closesOn: input.closesOn ?? null };
  if (!isWanted(wanted, vietnamDate(at))) wrong.push('closesOn');
  if (wrong.length > 0 || !unit || !name)
    throw badInput(Object.fromEntries(wrong.map((field) => [field, texts[field]])));
  const { id, kind } = input;
  return { id, code, name, unitId: unit.id, provinceCode: unit.provinceCode, kind, latitude, longitude, wanted };
}

/** A day that has passed closes nothing, and what is closed has its moment already. */
const isWanted = ({ active, closesOn }: CheckpointDraft['wanted'], today: string) =>
  closesOn === null || (active && closesOn >= today);

const isDegrees = (value: number | null, most: number) =>
  value === null || (Number.isFinite(value) && Math.abs(value) <= most);
