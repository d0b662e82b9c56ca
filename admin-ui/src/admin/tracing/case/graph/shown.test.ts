import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactTest, linkTest, type ContactOfCase } from '../contacts.ts';
import { aContact, anOutbreak } from './an-outbreak.ts';
import { shownOf, type GraphConditions } from './shown.ts';
import { unfoldingOf } from './unfolding.ts';

const everything: GraphConditions = { whole: 4, opened: new Set() };
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
const aMoment = fc.integer({ min: 0, max: 120 }).map((hours) => Date.parse('2021-08-20T00:00:00Z') + hours * 3_600_000);
const someConditions = fc
  .record({
    generation: maybe(fc.constantFrom('1', '2', '3')),
    kind: maybe(fc.constantFrom('SAME_VEHICLE', 'SAME_CHECKPOINT', 'SAME_HOUSEHOLD', 'DECLARED')),
    checkpoint: maybe(fc.constantFrom('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002')),
    from: maybe(fc.constantFrom('2021-08-20', '2021-08-22')),
    to: maybe(fc.constantFrom('2021-08-22', '2021-08-23')),
    since: maybe(aMoment),
    until: maybe(aMoment),
    whole: fc.integer({ min: 1, max: 3 }),
    opened: fc.array(fc.nat({ max: 30 }).map((n) => `p${n}`)).map((ids) => new Set(ids)),
  })
  .map(
    (each) =>
      Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as unknown as GraphConditions,
  );

describe('what a graph shows', () => {
  it('is everybody, and every link, where nothing is asked', () => {
    fc.assert(
      fc.property(anOutbreak, (contacts) => {
        const { found, between, links } = shownOf(contacts, 'case', everything);
        expect([...found].sort()).toEqual(contacts.map(({ id }) => id).sort());
        expect(between.size).toBe(0);
        expect(links.size).toBe(contacts.flatMap((contact) => contact.links).length);
      }),
    );
  });

  it('is the table’s people where no more is asked than of the table', () => {
    fc.assert(
      fc.property(anOutbreak, someConditions, (contacts, conditions) => {
        const { since: _, until: __, ...asked } = conditions;
        const { found } = shownOf(contacts, 'case', { ...asked, whole: 4, opened: new Set() });
        expect([...found]).toEqual(contacts.filter(contactTest(asked)).map(({ id }) => id));
      }),
    );
  });

  it('holds every condition for each link, and shows both its ends', () => {
    fc.assert(
      fc.property(anOutbreak, someConditions, (contacts, conditions) => {
        const { found, between, links } = shownOf(contacts, 'case', conditions);
        const holds = linkTest(conditions) ?? (() => true);
        for (const [link, target] of links) {
          expect(holds(link)).toBe(true);
          expect(Date.parse(link.at)).toBeGreaterThanOrEqual(conditions.since ?? -Infinity);
          expect(Date.parse(link.at)).toBeLessThanOrEqual(conditions.until ?? Infinity);
          expect(found.has(target)).toBe(true);
          expect(link.source === 'case' || found.has(link.source) || between.has(link.source)).toBe(true);
        }
        for (const id of between) expect(found.has(id)).toBe(false);
      }),
    );
  });

  it('grows less with each condition', () => {
    fc.assert(
      fc.property(anOutbreak, someConditions, (contacts, conditions) => {
        const { kind: _, since: __, ...fewer } = conditions;
        const wide = shownOf(contacts, 'case', fewer).found;
        for (const id of shownOf(contacts, 'case', conditions).found) expect(wide.has(id)).toBe(true);
      }),
    );
  });
});

describe('a graph that is opened person by person', () => {
  const contacts: ContactOfCase[] = [
    aContact('a', 1, [{}], { passedTo: 2 }),
    aContact('b', 1, [{}], { passedTo: 1 }),
    aContact('c', 2, [{ source: 'a' }]),
    aContact('d', 2, [{ source: 'a', review: 'DISMISSED' }, { source: 'b' }]),
  ];
  const found = (whole: number, ...opened: string[]) => [
    ...shownOf(contacts, 'case', { whole, opened: new Set(opened) }).found,
  ];

  it('shows beyond the whole generations only whom an opened person met, dismissed links aside', () => {
    expect(found(1)).toEqual(['a', 'b']);
    expect(found(1, 'a')).toEqual(['a', 'b', 'c']);
    expect(found(1, 'b')).toEqual(['a', 'b', 'd']);
    expect(found(2)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('can be opened where somebody met others who are not shown yet, or where it was traced no further', () => {
    const at = { depth: 2, mayTraceOn: true };
    const [a, , c] = contacts as [ContactOfCase, ContactOfCase, ContactOfCase];
    expect(unfoldingOf(a, { whole: 1, opened: new Set() }, at)).toBe('OPEN');
    expect(unfoldingOf(a, { whole: 1, opened: new Set(['a']) }, at)).toBe('FOLD');
    expect(unfoldingOf(a, { whole: 2, opened: new Set() }, at)).toBeNull();
    expect(unfoldingOf(c, { whole: 2, opened: new Set() }, at)).toBe('OPEN');
    expect(unfoldingOf(c, { whole: 2, opened: new Set() }, { ...at, mayTraceOn: false })).toBeNull();
    expect(unfoldingOf(c, { whole: 4, opened: new Set() }, { depth: 4, mayTraceOn: true })).toBeNull();
  });
});
