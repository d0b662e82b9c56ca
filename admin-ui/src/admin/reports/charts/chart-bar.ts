/** What a chart draws of one thing: how many went in and out. */
export interface ChartBar {
  key: string;
  /** Beside the bar. */
  label: string;
  /** Whole, for who asks what a bar is. */
  title: string;
  in: number;
  out: number;
}

/** A round number at or above the largest: 1, 2 or 5 times a power of ten. */
export function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 2, 5, 10].map((times) => times * power).find((round) => round >= most) ?? most;
}
