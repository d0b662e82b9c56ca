import { DAY_MS } from '../platform/shared/instant.ts';
import { startOfDay } from '../platform/shared/vietnam-date.ts';

/** How long a case is infectious and how long a contact is isolated, by the rules of a time. Days. */
export interface RuleSet {
  code: string;
  /** Before the onset, or the sample. */
  daysBefore: number;
  daysAfter: number;
  isolationDays: number;
  /** At home, after isolation. */
  homeWatchDays: number;
  source: string;
}

export interface DaysOfCase {
  onsetOn?: string | null;
  sampledOn?: string | null;
  confirmedOn?: string | null;
}

export interface Period {
  from: Date;
  until: Date;
}

/**
 * From so many days before the onset, without one before the sample, until the end of so many days after it. Who has neither was
 * found on the day of the confirmation, or today.
 */
export function infectiousPeriod(
  rules: Pick<RuleSet, 'daysBefore' | 'daysAfter'>,
  days: DaysOfCase,
  today: string,
): Period {
  const counted = startOfDay(days.onsetOn ?? days.sampledOn ?? days.confirmedOn ?? today).getTime();
  return {
    from: new Date(counted - rules.daysBefore * DAY_MS),
    until: new Date(counted + (rules.daysAfter + 1) * DAY_MS),
  };
}
