import { TravelPurpose, VehicleKind, type DeclarationDraft } from './declaration-draft.ts';
import {
  at,
  choiceProblem,
  isBlank,
  type CheckContext,
  type FieldProblemCode,
  type ProblemCode,
} from './field-problems.ts';
import { DAY_MS, readInstant } from '#api/platform/shared/instant.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { checkAddress, placeProblem } from './place-checks.ts';
import { readPlate } from './plate.ts';
import { readDay } from './stay-day.ts';

const DEPARTED_DAYS_AGO = 14;
const DEPARTS_DAYS_AHEAD = 30;
const STAYS_DAYS_AHEAD = 366;
const VEHICLES_WITH_PLATE = new Set(['CAR', 'COACH', 'TRUCK']);

type JourneyDraft = NonNullable<DeclarationDraft['journey']>;

export function checkJourney(journey: JourneyDraft, context: CheckContext): FieldProblemCode[] {
  return [
    ...at('journey.purpose', choiceProblem(journey.purpose, TravelPurpose)),
    ...at('journey.originCode', placeProblem(journey.originCode, context)),
    ...at('journey.destinationCode', placeProblem(journey.destinationCode, context)),
    ...checkDestinationAddress(journey, context),
    ...at('journey.departsAt', departureProblem(journey.departsAt, context.now)),
    ...at('journey.staysUntil', stayProblem(journey, context.now)),
    ...at('journey.vehicle', choiceProblem(journey.vehicle, VehicleKind)),
    ...at('journey.plate', plateProblem(journey)),
  ];
}

function checkDestinationAddress(journey: JourneyDraft, context: CheckContext): FieldProblemCode[] {
  const { destinationCode, destinationAddress } = journey;
  const wrong = checkAddress('journey.destinationAddress', destinationAddress, true, context);
  const commune = context.unit(destinationAddress?.unitCode ?? '');
  if (commune?.level !== 'COMMUNE' || placeProblem(destinationCode, context) !== null) return wrong;
  const inside = commune.path.includes(destinationCode ?? '');
  return [...wrong, ...at('journey.destinationAddress.unitCode', inside ? null : 'OUTSIDE')];
}

function departureProblem(typed: JourneyDraft['departsAt'], now: Date): ProblemCode | null {
  if (isBlank(typed)) return 'REQUIRED';
  const departsAt = readInstant(typed);
  if (departsAt === null) return 'DATE_TIME';
  if (departsAt < now.getTime() - DEPARTED_DAYS_AGO * DAY_MS) return 'DEPARTED_TOO_LONG_AGO';
  return departsAt > now.getTime() + DEPARTS_DAYS_AHEAD * DAY_MS ? 'DEPARTS_TOO_LATE' : null;
}

/** A form may be keyed in after the stay: the last day is only no day before the journey. */
function stayProblem({ staysUntil: typed, departsAt }: JourneyDraft, now: Date): ProblemCode | null {
  if (isBlank(typed)) return null;
  const day = readDay(typed ?? '');
  if (day === null) return 'STAY_DAY';
  const begins = readInstant(departsAt ?? '') ?? now.getTime();
  if (day < vietnamDate(new Date(begins))) return 'STAY_PAST';
  return day > vietnamDate(new Date(now.getTime() + STAYS_DAYS_AHEAD * DAY_MS)) ? 'STAY_TOO_LONG' : null;
}

function plateProblem({ plate, vehicle }: JourneyDraft): ProblemCode | null {
  if (isBlank(plate)) return VEHICLES_WITH_PLATE.has(vehicle ?? '') ? 'REQUIRED' : null;
  return readPlate(plate) === null ? 'PLATE' : null;
}
