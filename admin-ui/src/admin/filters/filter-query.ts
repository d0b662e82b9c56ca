import { isDay } from '../days.ts';

/** How one condition stands in the address, and by what it is made. */
export interface Codec<Value> {
  /** One of a few, a day of a period, a day, a unit, or by an editor of the list's own. */
  editor: 'CHOICE' | 'PERIOD' | 'DAY' | 'UNIT' | 'OWN';
  /** What there is to choose, as it stands in the address. */
  choices?: readonly string[];
  /** Under which texts the choices stand; those of the list otherwise. */
  words?: string;
  /** Comes by a link alone, and is not offered. */
  unlisted?: true;
  /** Null for what is no such value: an address is typed by people too. */
  read(text: string): Value | null;
  write(value: Value): string;
}
export type Fields = Record<string, Codec<unknown>>;
export type Filters<F extends Fields> = { [Key in keyof F]?: Exclude<ReturnType<F[Key]['read']>, null> };
export type Query = Record<string, string | null | (string | null)[] | undefined>;

export function oneOf<Value extends string>(...values: Value[]): Codec<Value> {
  const read = (text: string) => values.find((value) => value === text) ?? null;
  return { editor: 'CHOICE', choices: values, read, write: (value) => value };
}

/** The same words for a choice wherever it is said. */
export const saidAs = <Value>(words: string, codec: Codec<Value>): Codec<Value> => ({ ...codec, words });

export const yesNo: Codec<boolean> = {
  editor: 'CHOICE',
  choices: ['yes', 'no'],
  read: (text) => (text === 'yes' || text === 'no' ? text === 'yes' : null),
  write: (value) => (value ? 'yes' : 'no'),
};

/** What is asked for or not: without it, not. */
export const onlyYes: Codec<boolean> = { ...yesNo, choices: ['yes'] };

/** A day in Viet Nam, `from` or `to`: 2021-08-23. */
export const day: Codec<string> = {
  editor: 'PERIOD',
  read: (text) => (isDay(text) ? text : null),
  write: (value) => value,
};

/** One day in Viet Nam. */
export const oneDay: Codec<string> = { ...day, editor: 'DAY' };

/** A unit's code; a commune's after that of the unit above it, by which its name is found again: 402-14758. Or its id: 14758@2021. */
export const unitPath: Codec<string> = {
  editor: 'UNIT',
  read: (text) => (/^((\d{2,3}-)?\d{2,5}|[A-Z\d]{2,5}@[\d-]+)$/.test(text) ? text : null),
  write: (value) => value,
};

/** A province's code; `none`: that nobody said which. */
export const provinceCode: Codec<string> = {
  editor: 'OWN',
  read: (text) => (/^(\d{2}|none)$/.test(text) ? text : null),
  write: (value) => value,
};

/** An hour in Viet Nam: 2021-08-23T07. */
export const hourOfDay: Codec<string> = {
  editor: 'OWN',
  unlisted: true,
  read: (text) => (isDay(text.slice(0, 10)) && /^T([01]\d|2[0-3])$/.test(text.slice(10)) ? text : null),
  write: (value) => value,
};

/** One id, chosen by an editor of the list's own. */
export const oneId: Codec<string> = {
  editor: 'OWN',
  read: (text) => (UUID.test(text) ? text : null),
  write: (value) => value,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_IDS = 100;

/** Ids in the order they were picked, each once. */
export const ids: Codec<string[]> = {
  editor: 'OWN',
  read(text) {
    const found = [...new Set(text.split(','))];
    return found.length <= MOST_IDS && found.every((id) => UUID.test(id)) ? found : null;
  },
  write: (value) => value.join(','),
};

/** The conditions that an address holds; what is not understood counts as absent. */
export function readFilters<F extends Fields>(fields: F, query: Query): Filters<F> {
  const found: Record<string, unknown> = {};
  for (const [key, codec] of Object.entries(fields)) {
    const text = query[key];
    const value = typeof text === 'string' ? codec.read(text) : null;
    if (value !== null) found[key] = value;
  }
  return found as Filters<F>;
}

/** What an address says of the conditions: in the fields' order, so that equal ones make equal addresses. */
export function writeFilters<F extends Fields>(fields: F, filters: Filters<F>): Record<string, string> {
  const written: Record<string, string> = {};
  for (const [key, codec] of Object.entries(fields)) {
    const value = filters[key];
    if (value !== undefined) written[key] = codec.write(value);
  }
  return written;
}
