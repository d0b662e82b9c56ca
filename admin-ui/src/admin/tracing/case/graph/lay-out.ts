import { leadingLink, type ContactOfCase } from '../contacts.ts';

export interface Point {
  x: number;
  y: number;
}
/** The strip of one generation, from above to below. */
export interface Lane {
  generation: number;
  count: number;
  top: number;
  bottom: number;
}
export interface Layout {
  width: number;
  height: number;
  places: ReadonlyMap<string, Point>;
  lanes: readonly Lane[];
  /** The first and the last exposure, in ms. */
  from: number;
  to: number;
}

// As wide as a screen's graph is beside its height.
const usualWidth = 2000;
const HEIGHT = 850;
const CASE_WIDTH = 80;
// What a strip is called stands above it, clear of the marks: a phone has a third of a pixel for each of these.
const GAP = 72;
const FIRST_LANE = 84;
const ROW = 36;

/**
 * Each generation a strip below the one before, from left to right when somebody was first exposed; within a strip, those
 * with the same source stand together. The same contacts always lie the same way. O(n log n).
 */
export function layOut(caseId: string, contacts: readonly ContactOfCase[], width = usualWidth): Layout {
  const times = contacts.map(exposedAt);
  const from = times.reduce((least, at) => Math.min(least, at), Infinity);
  const to = times.reduce((most, at) => Math.max(most, at), -Infinity);
  const whole = { width, ...(Number.isFinite(from) ? { from, to } : { from: 0, to: 0 }) };
  const places = new Map<string, Point>([[caseId, { x: 0, y: FIRST_LANE / 2 }]]);
  const lanes: Lane[] = [{ generation: 0, count: 1, top: 0, bottom: FIRST_LANE }];
  const generationOf = new Map(contacts.map(({ id, generation }) => [id, generation]));
  for (const [generation, own] of byGeneration(contacts)) {
    const top = (lanes.at(-1)?.bottom ?? 0) + GAP;
    const bottom = top + laneHeight(own.length, contacts.length);
    lanes.push({ generation, count: own.length, top, bottom });
    const height = (contact: ContactOfCase) => places.get(leadingLink(contact, generationOf)?.source ?? '')?.y ?? 0;
    inOrder(own, height).forEach((contact, index) => {
      const x = xOf(exposedAt(contact), whole);
      places.set(contact.id, { x, y: top + ((index + 0.5) / own.length) * (bottom - top) });
    });
  }
  return { ...whole, height: lanes.at(-1)?.bottom ?? 0, places, lanes };
}

/** Where a moment stands: the case itself is left of all. */
export const xOf = (at: number, { width, from, to }: Pick<Layout, 'width' | 'from' | 'to'>): number =>
  to > from ? CASE_WIDTH + ((width - CASE_WIDTH) * (at - from)) / (to - from) : width / 2;

export const exposedAt = ({ firstExposedAt }: Pick<ContactOfCase, 'firstExposedAt'>): number =>
  firstExposedAt ? Date.parse(firstExposedAt) : 0;

const byGeneration = (contacts: readonly ContactOfCase[]) =>
  [...Map.groupBy(contacts, ({ generation }) => generation)].sort(([a], [b]) => a - b);

// A few people stand as far apart as in a list; many share what a screen has.
const laneHeight = (count: number, all: number) => Math.max(ROW, Math.min(ROW * count, (HEIGHT * count) / all));

function inOrder(lane: readonly ContactOfCase[], height: (contact: ContactOfCase) => number): ContactOfCase[] {
  return lane
    .map((contact) => ({ contact, height: height(contact), at: exposedAt(contact) }))
    .sort((a, b) => a.height - b.height || a.at - b.at || (a.contact.id < b.contact.id ? -1 : 1))
    .map(({ contact }) => contact);
}
