import type { Figure } from './figure.ts';

const number = (value: number | null): string => {
  if (value === null) return '–';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
};
const verdict = ({ met }: Figure) => (met === null ? '' : met ? 'met' : 'MISSED');

/** One line of JSON a figure. */
export function printJson({ name, unit, value, reference, ratio, goal, met }: Figure): void {
  const short = (figure: number | null) => figure && Number(figure.toPrecision(4));
  console.log(
    JSON.stringify({ name, unit, value: short(value), reference: short(reference), ratio: short(ratio), goal, met }),
  );
}

export function printTable(figures: Figure[]): void {
  const rows = figures.map((figure) => [
    figure.name,
    number(figure.value),
    number(figure.reference),
    figure.unit,
    number(figure.ratio),
    number(figure.goal),
    verdict(figure),
  ]);
  const all = [['figure', 'Cordon', 'reference', 'unit', 'ratio', 'goal', ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column === 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  console.log('');
  for (const row of all) console.log(line(row));
  console.log('');
  for (const { name, what, notes } of figures) console.log(`${name}: ${[what, ...notes].join('; ')}`);
}
