import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLogic } from '../check-logic.ts';
import { isMet } from '../evaluate.ts';
import type { Facts } from '../facts.ts';
import { nationalRules } from '../national-rules.ts';
import { ruleStarters } from '../starters.ts';
import { describeRule, describeSentence } from './describe-rule.ts';
import type { Logic } from './logic-template.ts';
import { levels, patternNames, patternOf, type BlankKind, type PatternName } from './patterns.ts';
import { isComplete, printRule, readRule, type RuleSentences } from './rule-sentences.ts';
import { newSentence, readSentence, toLogic, type Sentence, type Value } from './sentence.ts';

function valueOf(blank: BlankKind): fc.Arbitrary<Value> {
  if (blank.kind === 'LEVEL') return fc.constantFrom(...levels);
  if (blank.kind === 'NUMBER') return fc.integer({ min: blank.least, max: blank.most });
  return fc.shuffledSubarray([...blank.choices], { minLength: 1 });
}
const named = (role: 'CONDITION' | 'EXEMPTION') => patternNames.filter((name) => patternOf(name).role === role);
const sentenceOf = (role: 'CONDITION' | 'EXEMPTION'): fc.Arbitrary<Sentence> =>
  fc.constantFrom(...named(role)).chain((pattern) => {
    const blanks = Object.entries(patternOf(pattern).blanks).map(([name, blank]) => [name, valueOf(blank)] as const);
    return fc.record(Object.fromEntries(blanks)).map((values) => ({ pattern, values: { ...values } }));
  });
const rules: fc.Arbitrary<RuleSentences> = fc
  .record({
    combined: fc.constantFrom('ALL' as const, 'ANY' as const),
    conditions: fc.array(sentenceOf('CONDITION'), { minLength: 1, maxLength: 4 }),
    exemptions: fc.array(sentenceOf('EXEMPTION'), { maxLength: 3 }),
  })
  // Of one condition there is nothing to combine.
  .map((rule) => (rule.conditions.length === 1 ? { ...rule, combined: 'ALL' } : rule));

const nothingToSay: Facts = {
  symptoms: [],
  contactWithCase: false,
  contactWithSymptomatic: false,
  contactFromAffectedArea: false,
  visitedEpidemicArea: false,
  testNegative: null,
  testAgeHours: null,
  vaccineDoses: 0,
  age: null,
  originLevel: 0,
  destinationLevel: 0,
  visitedLevel: 0,
  purpose: 'WORK',
  vehicle: 'CAR',
  direction: 'IN',
  nationality: 'VNM',
};
const holds = (logic: Logic, changed: Partial<Facts>) => isMet(logic, { ...nothingToSay, ...changed });
const sentence = (pattern: PatternName, values: Sentence['values'] = newSentence(pattern).values): Logic =>
  toLogic({ pattern, values });

describe('a rule in sentences', () => {
  it('is read back from its logic as it was said, also after a journey as JSON', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const logic = printRule(rule);
        expect(readRule(logic)).toEqual(rule);
        expect(readRule(JSON.parse(JSON.stringify(logic)) as Logic)).toEqual(rule);
      }),
    );
  });

  it('prints to the same logic again whenever a logic can be read, however strange', () => {
    const operator = fc.constantFrom('and', 'or', '!', 'in', '<', '<=', '===', '!==', '>=', 'var');
    const { logic } = fc.letrec<{ logic: Logic; node: Logic; known: Logic }>((tie) => ({
      logic: fc.oneof({ maxDepth: 3 }, tie('known'), tie('node'), fc.constantFrom(null, true, 4, 72, 'age')),
      node: fc.tuple(operator, fc.array(tie('logic'), { maxLength: 3 })).map(([name, parts]) => ({ [name]: parts })),
      known: fc.oneof(sentenceOf('CONDITION').map(toLogic), sentenceOf('EXEMPTION').map(toLogic)),
    }));
    let readable = 0;
    fc.assert(
      fc.property(logic, (found) => {
        const rule = readRule(found);
        if (!rule) return;
        readable += 1;
        expect(printRule(rule)).toEqual(found);
        expect(isComplete(rule)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect(readable).toBeGreaterThan(50);
  });

  it('is what the guard of rules takes', () => {
    fc.assert(fc.property(rules, (rule) => void expect(checkLogic(printRule(rule))).toBeNull()));
  });

  it('says every starter in the words that it proposes', () => {
    for (const { logic, description, descriptionEnglish } of ruleStarters) {
      const rule = readRule(logic as Logic);
      expect(rule && [describeRule(rule, 'vi'), describeRule(rule, 'en')]).toEqual([description, descriptionEnglish]);
    }
  });

  it('says every starter and every rule that is in force everywhere', () => {
    for (const { logic } of [...ruleStarters, ...nationalRules]) expect(readRule(logic as Logic)).not.toBeNull();
  });

  it('is not read where no sentence says it', () => {
    const strange: Logic[] = [
      true,
      [],
      { and: [] },
      { or: [] },
      { '<=': [{ var: 'testAgeHours' }, 72] },
      { '>=': [{ var: 'vaccineDoses' }, 2, 3] },
      { '>=': [{ var: 'vaccineDoses' }, '2'] },
      { '>=': [{ var: 'vaccineDoses' }, 2.5] },
      { '>=': [{ var: 'vaccineDoses' }, 2], and: [] },
      { '<': [{ var: 'originLevel' }, 1] },
      { in: [{ var: 'purpose' }, ['MEDICAL']] },
      { or: [sentence('PURPOSE'), sentence('DOSES')] },
      { and: [sentence('DOSES'), sentence('AGE_UNDER')] },
      { and: [sentence('DOSES')] },
      { or: [sentence('DOSES'), { in: [{ var: 'purpose' }, ['MEDICAL', 'MEDICAL']] }] },
      { or: [sentence('DOSES'), { in: [{ var: 'purpose' }, []] }] },
      { or: [sentence('DOSES'), { in: [{ var: 'purpose' }, ['TOURISM']] }] },
      { '!': [{ or: [] }] },
      { and: [{ or: [sentence('DOSES'), sentence('NEGATIVE_TEST')] }, sentence('NO_SYMPTOM')] },
    ];
    for (const logic of strange) expect(readRule(logic), JSON.stringify(logic)).toBeNull();
  });

  it('cannot be saved while a blank is empty or nothing is asked for', () => {
    const doses = (value: number): RuleSentences => ({
      combined: 'ALL',
      conditions: [{ pattern: 'DOSES', values: { doses: value } }],
      exemptions: [],
    });
    expect(isComplete(doses(2))).toBe(true);
    for (const value of [0, 10, 1.5, Number.NaN]) expect(isComplete(doses(value)), String(value)).toBe(false);
    expect(isComplete({ combined: 'ALL', conditions: [], exemptions: [] })).toBe(false);
  });

  it('has no two sentences that print alike', () => {
    for (const pattern of patternNames) expect(readSentence(sentence(pattern))?.pattern).toBe(pattern);
  });
});

describe('what a sentence means', () => {
  it.each<[PatternName, Partial<Facts>, boolean]>([
    ['NO_SYMPTOM', {}, true],
    ['NO_SYMPTOM', { symptoms: ['OTHER'] }, false],
    ['NO_SYMPTOM_OF', { symptoms: ['FATIGUE'] }, true],
    ['NO_SYMPTOM_OF', { symptoms: ['FATIGUE', 'COUGH'] }, false],
    ['NEGATIVE_TEST', { testNegative: true, testAgeHours: 71.99 }, true],
    ['NEGATIVE_TEST', { testNegative: true, testAgeHours: 72 }, false],
    ['NEGATIVE_TEST', { testNegative: true, testAgeHours: null }, false],
    ['NEGATIVE_TEST', { testNegative: false, testAgeHours: 1 }, false],
    ['NEGATIVE_TEST', {}, false],
    ['NO_POSITIVE_TEST', {}, true],
    ['NO_POSITIVE_TEST', { testNegative: true }, true],
    ['NO_POSITIVE_TEST', { testNegative: false }, false],
    ['DOSES', { vaccineDoses: 1 }, false],
    ['DOSES', { vaccineDoses: 2 }, true],
    ['NO_CONTACT_WITH_CASE', { contactWithCase: true }, false],
    ['NO_CONTACT_WITH_CASE', { contactWithSymptomatic: true }, true],
    ['NO_CONTACT_WITH_SYMPTOMATIC', { contactWithSymptomatic: true }, false],
    ['NO_CONTACT_FROM_AFFECTED_AREA', { contactFromAffectedArea: true }, false],
    ['NOT_IN_EPIDEMIC_AREA', { visitedEpidemicArea: true }, false],
    ['NOT_FROM_LEVEL', { originLevel: 3 }, true],
    ['NOT_FROM_LEVEL', { originLevel: 4 }, false],
    ['NOT_IN_LEVEL', { visitedLevel: 4 }, false],
    ['AGE_UNDER', { age: 5 }, true],
    ['AGE_UNDER', { age: 6 }, false],
    ['AGE_UNDER', { age: null }, false],
    ['AGE_FROM', { age: 80 }, true],
    ['AGE_FROM', { age: null }, false],
    ['PURPOSE', { purpose: 'MEDICAL' }, true],
    ['PURPOSE', { purpose: 'WORK' }, false],
    ['VEHICLE', { vehicle: 'TRUCK' }, true],
  ])('%s of %j is %s', (pattern, changed, met) => {
    expect(holds(sentence(pattern), changed)).toBe(met);
  });

  it('is that an exemption frees from every condition', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const exempted = printRule({ ...rule, exemptions: [newSentence('AGE_UNDER')] });
        expect(holds(exempted, { age: 3 })).toBe(true);
        const base = printRule({ ...rule, exemptions: [] });
        expect(holds(exempted, { age: 30 })).toBe(holds(base, { age: 30 }));
      }),
    );
  });
});

describe('what a person reads of a rule', () => {
  const rule: RuleSentences = {
    combined: 'ANY',
    conditions: [newSentence('NEGATIVE_TEST'), newSentence('DOSES')],
    exemptions: [newSentence('AGE_UNDER'), { pattern: 'PURPOSE', values: { purposes: ['MEDICAL', 'OFFICIAL'] } }],
  };

  it('is one sentence in their language', () => {
    expect(describeRule(rule, 'vi')).toBe(
      'Cần: xét nghiệm âm tính trong 72 giờ, hoặc đã tiêm ít nhất 2 mũi vắc xin, trừ trẻ dưới 6 tuổi, trừ khi mục đích đi là khám chữa bệnh hoặc công vụ.',
    );
    expect(describeRule({ ...rule, combined: 'ALL', exemptions: [] }, 'en')).toBe(
      'Needed: a negative test of the last 72 hours, and vaccine doses: at least 2.',
    );
  });

  it('names every choice and level, and leaves a gap for what is still empty', () => {
    const said = (pattern: PatternName, values: Sentence['values']) => describeSentence({ pattern, values }, 'vi');
    expect(said('NO_SYMPTOM_OF', { symptoms: ['FEVER', 'COUGH', 'OTHER'] })).toBe(
      'Không bị sốt, ho hoặc triệu chứng khác trong 14 ngày qua',
    );
    expect(said('NOT_FROM_LEVEL', { level: 4 })).toBe('Không đi từ vùng cấp 4');
    expect(said('NOT_FROM_LEVEL', { level: 3 })).toBe('Không đi từ vùng cấp 3 trở lên');
    expect(said('DOSES', { doses: Number.NaN })).toBe('Đã tiêm ít nhất … mũi vắc xin');
    for (const pattern of patternNames)
      for (const language of ['vi', 'en'] as const) {
        const everything = Object.entries(patternOf(pattern).blanks).map(([name, blank]) => [
          name,
          blank.kind === 'SOME' ? blank.choices : 4,
        ]);
        const text = describeSentence({ pattern, values: Object.fromEntries(everything) }, language);
        expect(text).not.toMatch(/[A-Z]{2}|[{}…]/);
      }
  });
});
