import type { RouteLocationRaw } from 'vue-router';
import { getFragmentData } from '../../../gql/admin/fragment-masking.ts';
import { DayCountsFragmentDoc, MovementFragmentDoc } from '../../../gql/admin/graphql.ts';
import { may } from '../../shell/pages.ts';
import { figures, peopleOf, placeOf } from '../figures.ts';
import type { Daily } from './use-daily.ts';

/** A figure of the day beside that of the day before, and where it leads. */
export interface ComparedFigure {
  key: string;
  value: number | null;
  before: number | null;
  to: RouteLocationRaw | null;
}

export function movementFigures({ movement, previousDay }: Daily): ComparedFigure[] {
  const [day, before] = [
    getFragmentData(MovementFragmentDoc, movement),
    getFragmentData(MovementFragmentDoc, previousDay),
  ];
  const counted = figures.map((key) => ({ key, value: day[key], before: before[key], to: placeOf(day, key) }));
  const people = { key: 'people', value: day.people ?? null, before: before.people ?? null, to: peopleOf(day) };
  return [...counted, people];
}

const works = ['paperEntered', 'paperOutstanding', 'verificationsPending', 'mismatches', 'mismatchesWaiting'] as const;

/** What waits for somebody; each leads to the list that it is counted from. */
export function workFigures(report: Daily): ComparedFigure[] {
  const before = getFragmentData(DayCountsFragmentDoc, report.previousCounts);
  const movement = getFragmentData(MovementFragmentDoc, report.movement);
  const mismatches = (state: string) =>
    may('mismatch.resolve')
      ? { name: 'mismatches', query: { unit: report.unit.id, passedOn: report.date, state } }
      : null;
  const places: Record<(typeof works)[number], RouteLocationRaw | null> = {
    paperEntered: placeOf(movement, 'paper', { awaitsForm: 'no' }),
    paperOutstanding: placeOf(movement, null, { awaitsForm: 'yes' }),
    verificationsPending: placeOf(movement, null, { unverified: 'yes' }),
    mismatches: mismatches('ANY'),
    mismatchesWaiting: mismatches('WAITING'),
  };
  return works.map((key) => ({ key, value: report[key], before: before[key], to: places[key] }));
}

export function caseFigures({ unit, date, cases, previousCounts }: Daily): ComparedFigure[] {
  const before = getFragmentData(DayCountsFragmentDoc, previousCounts).cases;
  const tasks = (query: Record<string, string>) =>
    may('follow-up.read') ? { name: 'followUps', query: { list: 'ALL', unit: unit.id, ...query } } : null;
  const places = {
    newCases: may('case.read') ? { name: 'tracing', query: { unit: unit.id, openedOn: date } } : null,
    contactsTraced: tasks({ foundOn: date }),
    reachedWithin24h: tasks({ foundOn: date, reachedInTime: 'yes' }),
    isolating: tasks({ status: 'ISOLATING', asOf: date }),
    lost: tasks({ status: 'LOST', asOf: date }),
  };
  return (Object.keys(places) as Array<keyof typeof places>).map((key) => ({
    key,
    value: cases[key],
    before: before[key],
    to: places[key],
  }));
}
