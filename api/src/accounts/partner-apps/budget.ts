import type { UseRow } from './partner-apps.queries.ts';

/** What an app has spent in the minute that its budget counts, and what it may. */
export type Spent = Pick<
  UseRow,
  'minute' | 'minute_requests' | 'minute_cost' | 'requests_per_minute' | 'cost_per_minute'
>;

const minuteSeconds = 60;

/** Until the next minute begins, as the counting node sees it. */
export function secondsLeft({ minute }: Spent, at: Date): number {
  const left = minuteSeconds - (at.getTime() - minute.getTime()) / 1000;
  return Math.min(minuteSeconds, Math.max(1, Math.ceil(left)));
}

/** As draft-ietf-httpapi-ratelimit-headers has them: two policies, each with its quota and window, and what is left. */
export function budgetHeaders(spent: Spent): Record<string, string> {
  const { minute_requests: requests, minute_cost: cost, requests_per_minute, cost_per_minute } = spent;
  const seconds = secondsLeft(spent, new Date());
  const left = (most: number, used: number) => Math.max(0, most - used);
  return {
    'ratelimit-policy': `"requests";q=${requests_per_minute};w=${minuteSeconds}, "cost";q=${cost_per_minute};w=${minuteSeconds}`,
    ratelimit: `"requests";r=${left(requests_per_minute, requests)};t=${seconds}, "cost";r=${left(cost_per_minute, cost)};t=${seconds}`,
  };
}
