import fc from 'fast-check';
import type { ContactOfCase, Link } from '../contacts.ts';

const begins = Date.parse('2021-08-20T00:00:00Z');
const iso = (minutes: number) => new Date(begins + minutes * 60_000).toISOString();
const kinds = ['SAME_VEHICLE', 'SAME_CHECKPOINT', 'SAME_HOUSEHOLD', 'DECLARED'] as const;
const checkpoints = [1, 2, 3].map((n) => ({ id: `00000000-0000-4000-8000-00000000000${n}`, name: `Chốt ${n}` }));

/** Of a contact what tests vary; the rest is as it always is. */
export function aContact(
  id: string,
  generation: number,
  links: readonly Partial<Link>[],
  changes: Partial<ContactOfCase> = {},
): ContactOfCase {
  const whole = links.map((link): Link => ({
    ...{ source: 'case', target: id, kind: 'SAME_CHECKPOINT', at: iso(0), minutesApart: 1, plate: null },
    ...{ review: 'NONE', checkpoint: null, sourceName: link.source ?? 'case' },
    ...link,
  }));
  const sorted = whole.toSorted((a, b) => a.at.localeCompare(b.at));
  return {
    ...{ id, generation, links: sorted, passedTo: 0, exposures: links.length, followUp: null },
    ...{ firstExposedAt: sorted[0]?.at ?? iso(0), lastExposedAt: sorted.at(-1)?.at ?? iso(0) },
    citizen: { id, fullName: `Người ${id}`, dateOfBirth: '1990', sex: 'FEMALE' },
    ...changes,
  } as ContactOfCase;
}

const aLink = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat({ max: 5 * 24 * 60 }).map(iso),
  checkpoint: fc.constantFrom(null, ...checkpoints),
  review: fc.constantFrom('NONE' as const, 'CONFIRMED' as const, 'DISMISSED' as const),
  by: fc.nat(),
});

/** People of three generations; each has links from somebody of any generation before, or none that is shown. */
export const anOutbreak: fc.Arbitrary<ContactOfCase[]> = fc
  .array(fc.record({ generation: fc.integer({ min: 1, max: 3 }), links: fc.array(aLink, { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((people) =>
    people.map(({ generation, links }, index) => {
      const before = people.flatMap((other, at) => (other.generation < generation ? [`p${at}`] : []));
      const sources = generation === 1 || before.length === 0 ? ['case'] : before;
      return aContact(
        `p${index}`,
        generation,
        links.map(({ by, ...link }) => ({ ...link, source: sources[by % sources.length] ?? 'case' })),
      );
    }),
  );
