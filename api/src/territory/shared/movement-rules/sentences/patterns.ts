import { factKinds } from '../facts.ts';
import { blank, each, fact, type Template } from './logic-template.ts';

export const levels = [2, 3, 4] as const;

/** What a blank of a sentence takes. */
export type BlankKind =
  | { kind: 'NUMBER'; least: number; most: number }
  /** A level and those above it. */
  | { kind: 'LEVEL' }
  | { kind: 'SOME'; of: 'symptom' | 'purpose' | 'vehicle'; choices: readonly string[] };

interface Pattern {
  /** A condition has to be met; an exemption frees from all conditions of its rule. */
  role: 'CONDITION' | 'EXEMPTION';
  logic: Template;
  blanks: Readonly<Record<string, BlankKind>>;
  /** What stands in the blanks of a new sentence. */
  first: Readonly<Record<string, number | readonly string[]>>;
}

const isNot = (name: string): Template => ({ '!': [fact(name)] });
const isOneOf = (name: string, list: string): Template => ({ in: [fact(name), blank(list)] });
const isBelow = (name: string, most: string): Template => ({ '<': [fact(name), blank(most)] });
const isFrom = (name: string, least: string): Template => ({ '>=': [fact(name), blank(least)] });
const number = (least: number, most: number): BlankKind => ({ kind: 'NUMBER', least, most });
const some = (of: 'symptom' | 'purpose' | 'vehicle', choices: readonly string[]): BlankKind => ({
  kind: 'SOME',
  of,
  choices,
});
const without = { blanks: {}, first: {} };

/** Every sentence there is, in the order in which they are offered. */
export const patterns = {
  NO_SYMPTOM: { role: 'CONDITION', logic: isNot('symptoms'), ...without },
  NO_SYMPTOM_OF: {
    role: 'CONDITION',
    logic: { '!': [{ or: each('symptoms', { in: [blank('item'), fact('symptoms')] }) }] },
    blanks: { symptoms: some('symptom', factKinds.symptoms.values) },
    first: { symptoms: ['FEVER', 'COUGH'] },
  },
  NEGATIVE_TEST: {
    role: 'CONDITION',
    logic: { and: [{ '===': [fact('testNegative'), true] }, isBelow('testAgeHours', 'hours')] },
    blanks: { hours: number(1, 720) },
    first: { hours: 72 },
  },
  NO_POSITIVE_TEST: { role: 'CONDITION', logic: { '!==': [fact('testNegative'), false] }, ...without },
  DOSES: {
    role: 'CONDITION',
    logic: isFrom('vaccineDoses', 'doses'),
    blanks: { doses: number(1, 9) },
    first: { doses: 2 },
  },
  NO_CONTACT_WITH_CASE: { role: 'CONDITION', logic: isNot('contactWithCase'), ...without },
  NO_CONTACT_WITH_SYMPTOMATIC: { role: 'CONDITION', logic: isNot('contactWithSymptomatic'), ...without },
  NO_CONTACT_FROM_AFFECTED_AREA: { role: 'CONDITION', logic: isNot('contactFromAffectedArea'), ...without },
  NOT_IN_EPIDEMIC_AREA: { role: 'CONDITION', logic: isNot('visitedEpidemicArea'), ...without },
  NOT_FROM_LEVEL: {
    role: 'CONDITION',
    logic: isBelow('originLevel', 'level'),
    blanks: { level: { kind: 'LEVEL' } },
    first: { level: 4 },
  },
  NOT_IN_LEVEL: {
    role: 'CONDITION',
    logic: isBelow('visitedLevel', 'level'),
    blanks: { level: { kind: 'LEVEL' } },
    first: { level: 4 },
  },
  AGE_UNDER: {
    role: 'EXEMPTION',
    logic: isBelow('age', 'years'),
    blanks: { years: number(1, 120) },
    first: { years: 6 },
  },
  AGE_FROM: {
    role: 'EXEMPTION',
    logic: isFrom('age', 'years'),
    blanks: { years: number(1, 120) },
    first: { years: 80 },
  },
  PURPOSE: {
    role: 'EXEMPTION',
    logic: isOneOf('purpose', 'purposes'),
    blanks: { purposes: some('purpose', factKinds.purpose.values) },
    first: { purposes: ['MEDICAL'] },
  },
  VEHICLE: {
    role: 'EXEMPTION',
    logic: isOneOf('vehicle', 'vehicles'),
    blanks: { vehicles: some('vehicle', factKinds.vehicle.values) },
    first: { vehicles: ['TRUCK'] },
  },
} as const satisfies Record<string, Pattern>;

export type PatternName = keyof typeof patterns;
export const patternOf = (name: PatternName): Pattern => patterns[name];
export const patternNames = Object.keys(patterns) as PatternName[];
