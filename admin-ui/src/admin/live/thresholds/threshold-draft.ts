import type { TrafficThresholdsInput } from '../../../gql/admin/graphql.ts';

/** In the order of the form: what belongs to one kind of alert stands together. */
export const groups = [
  ['SURGE', ['surgeFactor', 'surgeAtLeast']],
  ['SILENCE', ['silenceMinutes']],
  ['REFUSAL_RATE', ['refusalPercent', 'refusalAtLeast']],
  ['WATCH_LIST', ['watchListMinutes']],
] as const;

export type Field = (typeof groups)[number][1][number];
export type Draft = Record<Field, string>;
export const fields: readonly Field[] = groups.flatMap(([, names]) => names);

/** As it is typed in either language: 2,5 and 2.5. */
const decimal = /^\d{1,6}([.,]\d{1,2})?$/;
const whole = /^\d{1,6}$/;

/** The numbers; or which of them are none. What is too much or too little the server says. */
export function readDraft(draft: Draft): Omit<TrafficThresholdsInput, 'unitCode'> | { wrong: Field[] } {
  const wrong = fields.filter((name) => !(name === 'surgeFactor' ? decimal : whole).test(draft[name].trim()));
  if (wrong.length > 0) return { wrong };
  const number = (name: Field) => Number(draft[name].trim().replace(',', '.'));
  return Object.fromEntries(fields.map((name) => [name, number(name)])) as Record<Field, number>;
}

export const toDraft = (values: Record<Field, number>, format: (value: number) => string): Draft =>
  Object.fromEntries(fields.map((name) => [name, format(values[name])])) as Draft;
