import { newSentence } from '#api/territory/shared/movement-rules/sentences/sentence.ts';
import { describe, expect, it } from 'vitest';
import {
  logicOf,
  logicProblem,
  newRule,
  toDraft,
  validFromOf,
  withProposedWords,
  withSentences,
  withText,
} from './rule-draft.ts';

const tested = { combined: 'ALL' as const, conditions: [newSentence('NEGATIVE_TEST')], exemptions: [] };
const twice = { combined: 'ALL' as const, conditions: [newSentence('DOSES')], exemptions: [] };
const strange = { and: [{ '!': [{ var: 'symptoms' }] }, { '==': [{ var: 'nationality' }, 'VNM'] }] };
const now = new Date('2021-08-23T07:00:00Z');
const aRule = (logic: Record<string, unknown>, validFrom = '2021-08-01T00:00:00Z') =>
  toDraft(
    { id: 'id', onFailure: 'REFUSE', logic, description: 'Lời cũ', descriptionEnglish: 'Old words', validFrom },
    now,
  );

describe('a rule in the editor', () => {
  it('is described by its sentence in both languages, until a person writes own words', () => {
    const rule = newRule('rule', tested, 'REFUSE');
    expect(rule).toMatchObject({
      vietnamese: 'Cần: xét nghiệm âm tính trong 72 giờ.',
      english: 'Needed: a negative test of the last 72 hours.',
    });
    const changed = withSentences(rule, twice);
    expect(changed.vietnamese).toBe('Cần: đã tiêm ít nhất 2 mũi vắc xin.');
    const own = { ...rule, ownWords: true, vietnamese: 'Nhớ mang giấy xét nghiệm', english: 'Bring your test' };
    expect(withSentences(own, twice).vietnamese).toBe('Nhớ mang giấy xét nghiệm');
    expect(withProposedWords(own).english).toBe('Needed: a negative test of the last 72 hours.');
  });

  it('keeps words of its own when it is opened', () => {
    const rule = aRule({ '>=': [{ var: 'vaccineDoses' }, 2] });
    expect(rule).toMatchObject({ ownWords: true, vietnamese: 'Lời cũ', english: 'Old words', sentences: twice });
  });

  it('that no sentence says is kept to the letter', () => {
    const rule = aRule(strange);
    expect(rule.sentences).toBeNull();
    expect(logicOf(rule)).toEqual(strange);
  });

  it('comes back into sentences once its text can be said', () => {
    const rule = withText(aRule(strange), JSON.stringify({ '>=': [{ var: 'vaccineDoses' }, 3] }));
    expect(rule.sentences).toEqual({ ...twice, conditions: [{ pattern: 'DOSES', values: { doses: 3 } }] });
  });

  it('begins when it is saved, or on the day that was typed; a coming one keeps its moment until it is changed', () => {
    const [held, coming] = [aRule(strange), aRule(strange, '2021-08-25T02:30:00Z')];
    const begins = (rule: typeof held) => validFromOf(rule, '2021-08-23');
    expect([held.begins, begins(held)]).toEqual(['', null]);
    expect(begins({ ...held, begins: '24/08/2021' })).toBe('2021-08-23T17:00:00.000Z');
    expect([coming.begins, begins(coming)]).toEqual(['25/08/2021', '2021-08-25T02:30:00Z']);
    expect(begins({ ...coming, begins: '26/08/2021' })).toBe('2021-08-25T17:00:00.000Z');
    expect(begins({ ...coming, begins: '' })).toBe('2021-08-22T17:00:00.000Z');
  });

  it('tells what keeps it from being saved', () => {
    const rule = newRule('rule', tested, 'EXAMINE');
    const blank = withSentences(rule, {
      ...tested,
      conditions: [{ pattern: 'DOSES', values: { doses: Number.NaN } }],
    });
    expect(logicProblem(rule)).toBeNull();
    expect(logicProblem(blank)?.code).toBe('BLANK');
    expect(logicProblem(withSentences(rule, { ...tested, conditions: [] }))?.code).toBe('BLANK');
    expect(logicProblem(withText(rule, '{'))?.code).toBe('JSON');
    expect(logicProblem(withText(rule, '{"var": "constructor"}'))?.code).toBe('FACT');
    expect(logicOf(withText(rule, '{"var": "constructor"}'))).toBeNull();
    expect(withText(rule, '{').text).toBe('{');
  });
});
