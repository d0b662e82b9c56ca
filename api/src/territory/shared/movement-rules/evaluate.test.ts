import fc from 'fast-check';
import { describe as about, expect, it } from 'vitest';
import { checkLogic, mostDeep, mostParts, operators } from './check-logic.ts';
import { describe, isMet, judge, type RuleVersion } from './evaluate.ts';
import { factNames, type Facts } from './facts.ts';
import { nationalRules } from './national-rules.ts';
import { ruleStarters } from './starters.ts';
import vectors from './vectors.json' with { type: 'json' };

const facts = vectors.facts as Facts;
const aRule = (changes: Partial<RuleVersion> = {}): RuleVersion => ({
  ...{ id: 'r', version: 1, description: 'Lý do.', descriptionEnglish: null, logic: { var: 'contactWithCase' } },
  ...{ onFailure: 'EXAMINE', validFrom: '2021-01-01T00:00:00Z', endedAt: null },
  ...changes,
});
const judged = (...rules: RuleVersion[]) =>
  judge(
    rules.map((rule) => ({ rule, direction: 'IN' as const })),
    facts,
  );

about('a rule', () => {
  it.each(vectors.cases)('$says: $met', ({ logic, given, met }) => {
    expect(isMet(logic, { ...facts, ...given } as Facts)).toBe(met);
    expect(checkLogic(logic) === null).toBe(met !== null);
  });

  it('says what is wrong, and where', () => {
    expect(checkLogic({ or: [{ '!': [{ var: 'symptoms' }] }, { and: [{ var: 'nobody' }] }] })).toEqual({
      at: 'or.1.and.0',
      code: 'FACT',
    });
    expect(checkLogic({ '==': [{ var: 'purpose' }, 'FUN'] })).toEqual({ at: '', code: 'VALUE' });
    expect(checkLogic({ in: [{ var: 'purpose' }, ['HOME', 'FUN']] })?.code).toBe('VALUE');
    expect(checkLogic({ and: [] })?.code).toBe('OPERANDS');
    expect(checkLogic({ '==': [{ var: 'age' }, 'x'.repeat(41)] })?.code).toBe('VALUE');
    expect(checkLogic({ '<': [{ var: 'age' }, Infinity] })?.code).toBe('VALUE');
  });

  it('is bounded in depth and size', () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? { var: 'contactWithCase' } : { '!': [nested(depth - 1)] };
    expect(checkLogic(nested(mostDeep))).toBeNull();
    expect(checkLogic(nested(mostDeep + 1))?.code).toBe('TOO_DEEP');
    const wide = {
      or: Array.from({ length: 6 }, () => ({ and: Array(mostParts / 5).fill({ var: 'contactWithCase' }) })),
    };
    expect(checkLogic(wide)?.code).toBe('TOO_LARGE');
  });

  it('any JSON is judged in no time, without a throw, and never met where it is not accepted', () => {
    const logic = fc.letrec<{ part: unknown }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 8 },
        fc.jsonValue(),
        fc.constantFrom(...factNames).map((name) => ({ var: name })),
        fc
          .tuple(
            fc.constantFrom(...operators, 'all', 'reduce', 'cat', 'constructor', '__proto__', 'toString', 'val', 'try'),
            fc.array(tie('part'), { maxLength: 4 }),
          )
          .map(
            ([operator, operands]) =>
              JSON.parse(`{${JSON.stringify(operator)}:${JSON.stringify(operands)}}`) as unknown,
          ),
      ),
    })).part;
    fc.assert(
      fc.property(logic, (given) => {
        const before = JSON.stringify(given);
        const met = isMet(given, facts);
        expect(met === null).toBe(checkLogic(given) !== null);
        expect(JSON.stringify(given)).toBe(before);
      }),
      { numRuns: 2_000 },
    );
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('the starters and the rules of the whole country are such', () => {
    for (const { logic } of [...ruleStarters, ...nationalRules]) expect(checkLogic(logic)).toBeNull();
    for (const rule of [...ruleStarters, ...nationalRules]) {
      expect(rule.description).toMatch(/\.$/);
      expect(rule.descriptionEnglish).toMatch(/\.$/);
    }
  });
});

about('the advice', () => {
  it('is the worst of the rules that are not met, with all of them as reasons, the worst first', () => {
    const [examine, refuse] = [aRule({ id: 'a' }), aRule({ id: 'b', onFailure: 'REFUSE' })];
    const met = aRule({ id: 'c', logic: { '!': [{ var: 'contactWithCase' }] } });
    expect(judged(met)).toEqual({ advice: 'ADMIT', failed: [] });
    expect(judged(examine, met, refuse)).toEqual({ advice: 'REFUSE', failed: [refuse, examine] });
  });

  it('of a rule that cannot be evaluated is to examine, with its reason', () => {
    const broken = aRule({ logic: { constructor: [1] }, onFailure: 'REFUSE' });
    expect(judged(broken)).toEqual({ advice: 'EXAMINE', failed: [{ ...broken, onFailure: 'EXAMINE' }] });
  });

  it('comes in the reader’s language, in Vietnamese where there is no other', () => {
    expect(describe(aRule({ descriptionEnglish: 'Reason.' }), 'en')).toBe('Reason.');
    expect(describe(aRule({ descriptionEnglish: 'Reason.' }), 'vi')).toBe('Lý do.');
    expect(describe(aRule(), 'en')).toBe('Lý do.');
  });
});
