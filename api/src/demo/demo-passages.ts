import { MINUTE_MS } from '../platform/shared/instant.ts';
import { adviceOnHealth } from './advice-on-health.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';
import type { VehicleKind } from '../declarations/shared/declaration-draft.ts';
import { officerAt } from './demo-accounts.ts';
import type { DemoTrip, Direction } from './demo-trips.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { Random } from './random.ts';

/** A passage as an officer recorded it: the contract's input, with who recorded it, where, and when it reached the server. */
export interface DemoPassage {
  id: string;
  officer: string;
  checkpointCode: string;
  receivedAt: number;
  declaration: { id: string; provinceCode: string } | null;
  paperFormNumber: string | null;
  direction: Direction;
  decision: 'ADMITTED' | 'REFUSED' | 'ISOLATED' | 'VOID';
  reason: string | null;
  evidence: 'QR_AND_CARD' | 'CARD_ONLY' | 'PAPER_AND_CARD' | 'NO_CARD';
  vehicle: VehicleKind | null;
  plate: string | null;
  recordedOffline: boolean;
  corrects: string | null;
}

const refusals = [
  'Không có kết quả xét nghiệm âm tính trong 72 giờ, hướng dẫn quay lại điểm xét nghiệm',
  'Đến từ vùng đang thực hiện Chỉ thị 16, không có giấy cho phép đi lại',
  'Có triệu chứng ho, sốt; người dân xin quay về',
];
const isolations = [
  'Test nhanh tại chốt dương tính, chuyển khu cách ly tập trung',
  'Tiếp xúc gần ca bệnh, bàn giao y tế huyện cách ly',
  'Sốt 38,4 °C, chuyển bệnh viện dã chiến theo dõi',
];
const admissions = [
  'Test nhanh tại chốt âm tính',
  'Đã khám tại chốt, thân nhiệt bình thường',
  'Cách ly tại nhà 14 ngày, đã báo công an xã',
];

interface Judgement {
  decision: 'ADMITTED' | 'REFUSED' | 'ISOLATED';
  reason: string | null;
}

function judge(random: Random, advice: Advice): Judgement {
  if (advice === 'ADMIT') return random.chance(0.006) ? refused(random) : { decision: 'ADMITTED', reason: null };
  if (advice === 'REFUSE' && random.chance(0.1))
    return { decision: 'ADMITTED', reason: 'Có giấy xác nhận khỏi bệnh của y tế huyện' };
  if (advice === 'REFUSE') return random.chance(0.65) ? isolated(random) : refused(random);
  if (random.chance(0.76)) return { decision: 'ADMITTED', reason: random.pick(admissions) };
  return random.chance(0.75) ? refused(random) : isolated(random);
}

const refused = (random: Random): Judgement => ({ decision: 'REFUSED', reason: random.pick(refusals) });
const isolated = (random: Random): Judgement => ({ decision: 'ISOLATED', reason: random.pick(isolations) });

/** What a vehicle leaves at its checkpoint, one passage a traveller, and for some at cầu Ghép further down the road. */
export function passVehicle(random: Random, trip: DemoTrip, now: number): DemoPassage[] {
  const offline = random.chance(0.04);
  const here = trip.declarations.map((_, place) =>
    passOne(random, trip, { place, at: trip.passesAt + place * random.int(900, 4_000), offline }),
  );
  const again = here.flatMap((passage) => afterwards(random, passage, trip));
  const onward =
    trip.checkpointCode === 'TH-02' && trip.direction === 'IN' && random.chance(0.3) ? onwardFrom(random, here) : [];
  return [...here, ...again, ...onward].filter(({ receivedAt }) => receivedAt < now);
}

function passOne(
  random: Random,
  trip: DemoTrip,
  { place, at, offline }: { place: number; at: number; offline: boolean },
): DemoPassage {
  const declaration = trip.declarations[place];
  const traveller = trip.travellers[place];
  if (!declaration || !traveller) throw new RangeError('Nobody travels at this place.');
  const { decision, reason } = judge(random, adviceOnHealth(declaration, new Date(at)));
  const child = traveller.age < 14;
  return {
    id: random.uuid7(at),
    officer: officerAt(trip.checkpointCode),
    checkpointCode: trip.checkpointCode,
    receivedAt: at + (offline ? random.int(10, 150) * MINUTE_MS : random.int(300, 2_500)),
    declaration: { id: declaration.id, provinceCode: trip.provinceCode },
    paperFormNumber: null,
    direction: trip.direction,
    decision,
    reason,
    evidence: child
      ? 'NO_CARD'
      : random.weighted([
          ['QR_AND_CARD', 88],
          ['CARD_ONLY', 9],
          ['NO_CARD', 3],
        ]),
    vehicle: declaration.journey.vehicle,
    plate: declaration.journey.plate ?? null,
    recordedOffline: offline,
    corrects: null,
  };
}

/** Who came with a paper form: known by its number until the form is keyed in. */
export function passWithPaper(random: Random, at: number, serial: number): DemoPassage {
  const checkpointCode = random.pick(['TH-05', 'TH-06', 'TH-08', 'TH-09']);
  return {
    id: random.uuid7(at),
    officer: officerAt(checkpointCode),
    checkpointCode,
    receivedAt: at + random.int(300, 2_500),
    declaration: null,
    paperFormNumber: `TK-38-${String(serial).padStart(5, '0')}`,
    direction: random.pick(['IN', 'OUT']),
    decision: 'ADMITTED',
    reason: null,
    evidence: 'PAPER_AND_CARD',
    vehicle: random.weighted([
      ['MOTORBIKE', 8],
      ['ON_FOOT', 1],
      ['BICYCLE', 1],
    ]),
    plate: null,
    recordedOffline: false,
    corrects: null,
  };
}

/** What goes astray now and then: pressed wrongly and undone, or the same pass shown again minutes later. */
function afterwards(random: Random, passage: DemoPassage, trip: DemoTrip): DemoPassage[] {
  const at = passage.receivedAt;
  if (random.chance(0.004)) {
    const undone = {
      id: random.uuid7(idTime(passage.id)),
      corrects: passage.id,
      receivedAt: at + random.int(3, 9) * 1_000,
    };
    return [{ ...passage, ...undone, decision: 'VOID', reason: 'Bấm nhầm' }];
  }
  if (trip.declarations.length > 4 || !random.chance(0.006)) return [];
  const later = at + random.int(2, 8) * MINUTE_MS;
  return [{ ...passage, id: random.uuid7(later - 800), receivedAt: later }];
}

/** When a passage was: its id says so. */
export const idTime = (id: string): number => uuid7Time(id) ?? 0;

function onwardFrom(random: Random, passages: readonly DemoPassage[]): DemoPassage[] {
  const laterMs = random.int(32, 70) * MINUTE_MS;
  return passages
    .filter(({ decision }) => decision === 'ADMITTED')
    .map((passage) => ({
      ...passage,
      id: random.uuid7(idTime(passage.id) + laterMs),
      officer: officerAt('TH-04'),
      checkpointCode: 'TH-04',
      reason: null,
      recordedOffline: false,
      receivedAt: idTime(passage.id) + laterMs + random.int(300, 2_500),
    }));
}
