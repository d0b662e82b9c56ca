/** From when on something at a checkpoint is an alert. */
export interface Thresholds {
  surgeFactor: number;
  surgeAtLeast: number;
  silenceMinutes: number;
  refusalPercent: number;
  refusalAtLeast: number;
  watchListMinutes: number;
}

/** Where nobody set anything. */
export const defaultThresholds: Thresholds = {
  surgeFactor: 3,
  surgeAtLeast: 30,
  silenceMinutes: 45,
  refusalPercent: 20,
  refusalAtLeast: 20,
  watchListMinutes: 60,
};

/** As the table's CHECK has them. */
export const thresholdBounds: Record<keyof Thresholds, readonly [number, number]> = {
  surgeFactor: [1.5, 20],
  surgeAtLeast: [1, 10_000],
  silenceMinutes: [10, 720],
  refusalPercent: [1, 100],
  refusalAtLeast: [1, 1_000],
  watchListMinutes: [5, 1_440],
};
