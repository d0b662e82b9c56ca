import { MINUTE_MS } from '../platform/shared/instant.ts';

/** For so long the flow is kept by the minute. */
export const keptMinutes = 180;

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS);
