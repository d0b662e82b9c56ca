import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planRules, type PlacedRule, type RuleChanges, type RuleDraft } from './plan-rules.ts';

const start = Date.parse('2021-08-01T00:00:00Z');
const hour = 3_600_000;

/** What the database does with a plan. */
function applied(known: readonly PlacedRule[], { ended, added, placed }: RuleChanges): PlacedRule[] {
  const of = <T extends { id: string; version: number }>(rows: T[], { rule }: PlacedRule) =>
    rows.find(({ id, version }) => id === rule.id && version === rule.version);
  return [...known, ...added].map((entry) => {
    const end = of(ended, entry);
    const moved = placed.find(({ rule }) => rule.id === entry.rule.id && rule.version === entry.rule.version);
    return {
      ...entry,
      place: moved?.place ?? entry.place,
      rule: { ...entry.rule, ...(end && { endedAt: end.endedAt }) },
    };
  });
}

const draft: fc.Arbitrary<RuleDraft> = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  description: fc.constantFrom('one', 'other'),
  descriptionEnglish: fc.constant(null),
  logic: fc.constant({ var: 'contactWithCase' }),
  onFailure: fc.constantFrom('EXAMINE' as const, 'REFUSE' as const),
  appliesTo: fc.constantFrom('ENTRY' as const, 'EXIT' as const),
  validFrom: fc.option(fc.integer({ min: 0, max: 40 }).map((hours) => new Date(start + hours * hour))),
});
const saves = fc.array(fc.uniqueArray(draft, { selector: ({ id }) => id, maxLength: 3 }), { maxLength: 8 });

it('whatever is saved in whatever order, at any moment a rule has one version at the most, and saving it again changes nothing', () => {
  fc.assert(
    fc.property(saves, (history) => {
      let known: PlacedRule[] = [];
      history.forEach((drafts, index) => {
        const at = new Date(start + index * 5 * hour);
        known = applied(known, planRules(known, drafts, at));
        expect(planRules(known, drafts, at)).toEqual({ ended: [], added: [], placed: [], dropped: [] });
        const standing = known.filter(({ rule }) => rule.endedAt === null).map(({ rule }) => rule.id);
        expect(standing.toSorted()).toEqual(drafts.map(({ id }) => id).toSorted());
      });
      for (let moment = start; moment < start + 60 * hour; moment += hour) {
        const inForce = known.filter(
          ({ rule }) => Date.parse(rule.validFrom) <= moment && (!rule.endedAt || moment < Date.parse(rule.endedAt)),
        );
        expect(new Set(inForce.map(({ rule }) => rule.id)).size).toBe(inForce.length);
      }
      const names = known.map(({ rule }) => `${rule.id}@${rule.version}`);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});
