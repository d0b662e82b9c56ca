export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** For so long the flow is kept by the minute. */
export const keptMinutes = 180;

// Viet Nam is seven hours ahead all year.
const aheadMs = 7 * hourMs;

/** The midnight in Viet Nam that a moment's day began with. */
export const midnightBefore = (at: number): number => Math.floor((at + aheadMs) / dayMs) * dayMs - aheadMs;

export const minuteOf = (at: number): number => Math.floor(at / minuteMs);
