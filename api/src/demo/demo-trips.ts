import { DAY_MS, HOUR_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import type { CompleteDeclaration, TravelPurpose, VehicleKind } from '../declarations/shared/declaration-draft.ts';
import { startOfDay, vietnamDate } from '../platform/shared/vietnam-date.ts';
import { makeHealth } from './demo-health.ts';
import type { DemoPerson, Household } from './demo-people.ts';
import { addressLine, demoProvinceCode, type CommunesOf, type Neighbour } from './places.ts';
import type { Random } from './random.ts';

export type Direction = 'IN' | 'OUT';

/** One submission: people of one vehicle, when they declared, and when they reach which checkpoint. */
export interface DemoTrip {
  direction: Direction;
  submittedAt: number;
  passesAt: number;
  checkpointCode: string;
  /** The province that keeps the declarations: that of the destination. */
  provinceCode: string;
  declarations: CompleteDeclaration[];
  travellers: readonly DemoPerson[];
}

const weekMs = 7 * DAY_MS;

// How busy each hour of the day in Viet Nam is at a border road.
const traffic = [2, 1, 1, 2, 4, 8, 14, 18, 15, 11, 9, 8, 7, 7, 8, 10, 14, 18, 16, 11, 8, 6, 4, 3];

/** A moment between two others, drawn by how busy its hour is. */
function drawMoment(random: Random, from: number, until: number): number {
  const hours = traffic.map((weight, at) => [at, weight] as const);
  for (;;) {
    const midnight = startOfDay(vietnamDate(new Date(random.int(from - DAY_MS, until)))).getTime();
    const at = midnight + random.weighted(hours) * HOUR_MS + random.int(0, HOUR_MS - 1);
    if (at > from && at < until) return at;
  }
}

export interface TripPlan {
  households: readonly Household[];
  elsewhere: Neighbour;
  direction: Direction;
  passesAt: number;
  coach?: boolean;
}

/** One household's first trip of the week, and for some the way back. */
export function planTrips(random: Random, household: Household, now: number): TripPlan[] {
  const passesAt = drawMoment(random, now - weekMs + 12 * HOUR_MS, now + 12 * HOUR_MS);
  const livesHere = household.homeProvince === demoProvinceCode;
  const direction = !livesHere || random.chance(0.62) ? 'IN' : 'OUT';
  const first: TripPlan = { households: [household], elsewhere: household.elsewhere, direction, passesAt };
  if (passesAt > now - DAY_MS || !random.chance(0.5)) return [first];
  const back = direction === 'IN' ? 'OUT' : 'IN';
  return [first, { ...first, direction: back, passesAt: drawMoment(random, passesAt + 10 * HOUR_MS, now) }];
}

export function makeTrip(random: Random, communesOf: CommunesOf, plan: TripPlan, now: number): DemoTrip {
  const { households, elsewhere, direction, passesAt } = plan;
  const travellers = households.flatMap(({ people }) => people);
  const submittedAt = Math.min(
    passesAt - random.int(20, random.chance(0.5) ? 180 : 900) * MINUTE_MS,
    now - random.int(2, 90) * MINUTE_MS,
  );
  const way = plan.coach ? coachOf(random, elsewhere) : vehicleOf(random, travellers, elsewhere);
  const provinceCode = direction === 'IN' ? demoProvinceCode : elsewhere.provinceCode;
  const departsAt = new Date(Math.floor((passesAt - random.int(1, 8) * HOUR_MS) / (5 * MINUTE_MS)) * 5 * MINUTE_MS);
  const declarations = households.flatMap((household) => {
    const journey = {
      ...journeyOf(random, communesOf, household, plan),
      departsAt,
      ...stayOf(household, plan),
      vehicle: way.vehicle,
      plate: way.plate,
    };
    if (way.vehicle === 'TRUCK') journey.purpose = 'GOODS';
    return household.people.map((person) => ({ person, journey }));
  });
  return {
    direction,
    submittedAt,
    passesAt,
    checkpointCode: way.checkpointCode,
    provinceCode,
    travellers,
    declarations: declarations.map(({ person, journey }, place) => ({
      id: random.uuid7(submittedAt - random.int(1, 4) * MINUTE_MS + place),
      receiptSecret: random.receiptSecret(provinceCode),
      person: declared(person),
      journey,
      health: makeHealth(random, submittedAt, direction === 'IN' ? elsewhere : null),
      onBehalf: place > 0,
    })),
  };
}

/** From where to where and why: between the home, where it lies on one of the two sides, and an address on the other. */
function journeyOf(
  random: Random,
  communesOf: CommunesOf,
  { home, homeProvince }: Household,
  { elsewhere, direction }: TripPlan,
) {
  const livesHere = homeProvince === demoProvinceCode;
  const local = livesHere ? home : { line: addressLine(random), unitCode: random.pick(communesOf(demoProvinceCode)) };
  const away = {
    line: addressLine(random),
    unitCode: elsewhere.gate?.unitCode ?? random.pick(communesOf(elsewhere.provinceCode)),
  };
  const far = livesHere ? away : home;
  const [from, to] = direction === 'IN' ? [far, local] : [local, far];
  const purpose = purposeOf(random, direction === 'IN' && livesHere);
  return { purpose, originCode: from.unitCode, destinationCode: to.unitCode, destinationAddress: to };
}

/** Of those who are at home elsewhere half say until when they stay: from the day of the journey to three days later. */
function stayOf({ homeProvince }: Household, { direction, passesAt }: TripPlan): { staysUntil?: string } {
  const days = Math.floor(passesAt / MINUTE_MS) % 8;
  if (direction === 'OUT' || homeProvince === demoProvinceCode || days > 3) return {};
  return { staysUntil: vietnamDate(new Date(passesAt + days * DAY_MS)) };
}

function declared({ age: _, ...person }: DemoPerson): CompleteDeclaration['person'] {
  return person;
}

interface Way {
  vehicle: VehicleKind;
  plate: string | null;
  checkpointCode: string;
}

function coachOf(random: Random, elsewhere: Neighbour): Way {
  return { vehicle: 'COACH', plate: `36B${random.digits(5)}`, checkpointCode: random.pick(elsewhere.road) };
}

function vehicleOf(random: Random, travellers: readonly DemoPerson[], elsewhere: Neighbour): Way {
  if (elsewhere.boat) return { vehicle: 'BOAT', plate: null, checkpointCode: random.pick(elsewhere.road) };
  if (elsewhere.flight && random.chance(0.3)) return { vehicle: 'AIRCRAFT', plate: null, checkpointCode: 'TH-11' };
  if (elsewhere.train && random.chance(0.12)) return { vehicle: 'TRAIN', plate: null, checkpointCode: 'TH-10' };
  const vehicle = random.weighted<VehicleKind>(
    travellers.length === 1
      ? [
          ['MOTORBIKE', 45],
          ['CAR', 22],
          ['TRUCK', 18],
          ['COACH', 12],
          ['BICYCLE', 1],
          ['ON_FOOT', 2],
        ]
      : travellers.length === 2
        ? [
            ['MOTORBIKE', 45],
            ['CAR', 40],
            ['TRUCK', 8],
            ['COACH', 7],
          ]
        : [
            ['CAR', 80],
            ['COACH', 20],
          ],
  );
  const plateOf = random.chance(0.6) ? elsewhere.plate : '36';
  const plates: Partial<Record<VehicleKind, () => string>> = {
    MOTORBIKE: () => `${plateOf}B${random.int(1, 9)}${random.digits(5)}`,
    CAR: () => `${plateOf}A${random.digits(5)}`,
    TRUCK: () => `${plateOf}C${random.digits(5)}`,
    COACH: () => `${plateOf}B${random.digits(5)}`,
  };
  return { vehicle, plate: plates[vehicle]?.() ?? null, checkpointCode: random.pick(elsewhere.road) };
}

function purposeOf(random: Random, goesHome: boolean): TravelPurpose {
  if (goesHome && random.chance(0.7)) return 'HOME';
  return random.weighted<TravelPurpose>([
    ['WORK', 38],
    ['FAMILY', 20],
    ['MEDICAL', 12],
    ['OFFICIAL', 8],
    ['STUDY', 8],
    ['GOODS', 6],
    ['OTHER', 8],
  ]);
}
