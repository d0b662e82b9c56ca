import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declarationFields } from '../declarations/declaration-filters.ts';
import { passageFields } from '../passages/passage-filters.ts';
import { readFilters, writeFilters, type Filters } from './filter-query.ts';

const aDay = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
const days = aDay.map((date) => date.toISOString().slice(0, 10));

const passages: fc.Arbitrary<Filters<typeof passageFields>> = fc.record(
  {
    decision: fc.constantFrom('ADMITTED', 'REFUSED', 'ISOLATED'),
    direction: fc.constantFrom('IN', 'OUT'),
    channel: fc.constantFrom('ONLINE', 'PAPER', 'ASSISTED', 'PARTNER'),
    at: fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 5 }),
    from: days,
    to: days,
    flagged: fc.boolean(),
    offline: fc.boolean(),
    superseded: fc.constant(true),
  },
  { requiredKeys: [] },
);

describe('the filters of a list in its address', () => {
  it('are read back as they were written, whatever was chosen', () => {
    fc.assert(
      fc.property(passages, (filters) => {
        const address = new URLSearchParams(writeFilters(passageFields, filters)).toString();
        expect(readFilters(passageFields, Object.fromEntries(new URLSearchParams(address)))).toEqual(filters);
      }),
    );
  });

  it('make the same address in whatever order they were chosen', () => {
    fc.assert(
      fc.property(passages, (filters) => {
        const reversed = Object.fromEntries(Object.entries(filters).reverse());
        expect(JSON.stringify(writeFilters(passageFields, reversed))).toBe(
          JSON.stringify(writeFilters(passageFields, filters)),
        );
      }),
    );
  });

  it('leave out what an address says wrongly, and keep the rest', () => {
    const anything = fc.dictionary(
      fc.constantFrom(...Object.keys(passageFields), ...Object.keys(declarationFields), 'open'),
      fc.oneof(
        fc.string(),
        fc.constant(null),
        fc.array(fc.string()),
        fc.constantFrom('REFUSED', 'yes', '2021-08-23', '2021-02-31'),
      ),
    );
    fc.assert(
      fc.property(anything, (query) => {
        for (const fields of [passageFields, declarationFields]) {
          const understood = writeFilters(fields, readFilters(fields, query));
          expect(writeFilters(fields, readFilters(fields, understood))).toEqual(understood);
          for (const [key, text] of Object.entries(understood)) expect(query[key]).toBe(text);
        }
      }),
    );
    expect(readFilters(passageFields, { from: '2021-02-31', decision: 'REFUSED' })).toEqual({ decision: 'REFUSED' });
  });
});
