/** What an app has spent in the minute that its budget counts, and what it may. */
export interface Spent {
  minute: Date;
  requests: number;
  cost: number;
  mostRequests: number;
  mostCost: number;
}

const minuteSeconds = 60;

/** Until the next minute begins, as the counting node sees it. */
export function secondsLeft({ minute }: Spent, at: Date): number {
  const left = minuteSeconds - (at.getTime() - minute.getTime()) / 1000;
  return Math.min(minuteSeconds, Math.max(1, Math.ceil(left)));
}

/** As draft-ietf-httpapi-ratelimit-headers has them: two policies, each with its quota and window, and what is left. */
export function budgetHeaders(spent: Spent): Record<string, string> {
  const { requests, cost, mostRequests, mostCost } = spent;
  const seconds = secondsLeft(spent, new Date());
  const left = (most: number, used: number) => Math.max(0, most - used);
  return {
    'ratelimit-policy': `"requests";q=${mostRequests};w=${minuteSeconds}, "cost";q=${mostCost};w=${minuteSeconds}`,
    ratelimit: `"requests";r=${left(mostRequests, requests)};t=${seconds}, "cost";r=${left(mostCost, cost)};t=${seconds}`,
  };
}
