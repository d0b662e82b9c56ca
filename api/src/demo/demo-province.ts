import { HOUR_MS } from '../platform/shared/instant.ts';
import { makeHouseholds, type Household } from './demo-people.ts';
import { passVehicle, passWithPaper, type DemoPassage } from './demo-passages.ts';
import { makeTrip, planTrips, type DemoTrip, type TripPlan } from './demo-trips.ts';
import { plansWithOldCards } from './known-twice.ts';
import { demoProvinceCode, neighbours, type CommunesOf } from './places.ts';
import { Random } from './random.ts';

export interface DemoWeek {
  people: number;
  /** By the time they were submitted. */
  trips: DemoTrip[];
  /** By the time they reached the server. */
  passages: DemoPassage[];
  withdrawals: Array<{ id: string; provinceCode: string; at: number }>;
}

/** Who lives in the demo follows from these: the simulated population database makes the same people. */
export const demoSeed = 38;
export const demoPeople = 2_000;

const seats = 45;
const coaches = 6;
const paperForms = 30;

/** A week of a province up to now, the same for the same seed and moment: people, what they declared, where they passed. */
export function makeDemoWeek(
  communesOf: CommunesOf,
  now: number,
  options: { people?: number; seed?: number } = {},
): DemoWeek {
  const random = new Random(options.seed ?? demoSeed);
  const households = makeHouseholds(random, communesOf, options.people ?? demoPeople, new Date(now).getUTCFullYear());
  const plans = [
    ...coachPlans(random, households, now),
    ...households.flatMap((household) => planTrips(random, household, now)),
    ...plansWithOldCards(random, households, now),
  ];
  const trips = plans
    .map((plan) => makeTrip(random, communesOf, plan, now))
    .sort((a, b) => a.submittedAt - b.submittedAt);
  const week: DemoWeek = {
    people: households.reduce((sum, { people }) => sum + people.length, 0),
    trips,
    passages: [],
    withdrawals: [],
  };
  for (const trip of trips) followTrip(random, trip, week, now);
  for (let serial = 1; serial <= paperForms; serial++)
    week.passages.push(passWithPaper(random, now - random.int(1, 20 * 60) * 60_000, serial));
  week.passages.sort((a, b) => a.receivedAt - b.receivedAt);
  return week;
}

/** Most who declared pass; some withdraw first, some never come, some are still on the road. */
function followTrip(random: Random, trip: DemoTrip, week: DemoWeek, now: number): void {
  const fate = random.next();
  if (fate < 0.015) {
    const at = Math.min(trip.submittedAt + random.int(1, 40) * 60_000, now - 1_000);
    week.withdrawals.push(...trip.declarations.map(({ id }) => ({ id, provinceCode: trip.provinceCode, at })));
  }
  // A few show a pass that they withdrew: recorded, and flagged.
  if (trip.passesAt < now && (fate > 0.045 || fate < 0.003)) week.passages.push(...passVehicle(random, trip, now));
}

/** Coaches that bring workers home, declared as one submission; the last one is full and on its way. */
function coachPlans(random: Random, households: readonly Household[], now: number): TripPlan[] {
  const affected = neighbours.filter((neighbour) => neighbour.affected && !neighbour.flight);
  const waiting = households.filter(({ homeProvince }) => homeProvince === demoProvinceCode).slice(0, 40 * coaches);
  return Array.from({ length: coaches }, (_, index) => {
    const last = index === coaches - 1;
    const aboard = board(waiting, last ? seats : random.int(26, seats - 4));
    const passesAt = last ? now + HOUR_MS : now - (index + 1) * 26 * HOUR_MS + random.int(0, 3) * HOUR_MS;
    return { households: aboard, elsewhere: random.pick(affected), direction: 'IN', passesAt, coach: true };
  });
}

function board(waiting: Household[], places: number): Household[] {
  const aboard: Household[] = [];
  for (let free = places; free > 0;) {
    const next = waiting.findIndex(({ people }) => people.length <= free);
    const [household] = next < 0 ? [] : waiting.splice(next, 1);
    if (!household) break;
    aboard.push(household);
    free -= household.people.length;
  }
  return aboard;
}
