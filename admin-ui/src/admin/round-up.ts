/** A round number just above, half of which is a whole one too. */
export function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [2, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= Math.max(most, 4)) ?? 10 * power;
}
