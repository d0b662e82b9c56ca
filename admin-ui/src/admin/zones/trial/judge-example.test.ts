import { newSentence } from '#api/territory/shared/movement-rules/sentences/sentence.ts';
import { describe, expect, it } from 'vitest';
import { newRule, withText } from '../rules/rule-draft.ts';
import { examplePeople } from './example-people.ts';
import { judgeExample } from './judge-example.ts';

const tested = newRule(
  'rule',
  {
    combined: 'ALL',
    conditions: [newSentence('NEGATIVE_TEST'), newSentence('DOSES')],
    exemptions: [newSentence('AGE_UNDER')],
  },
  'REFUSE',
);
const rules = { entryRules: [tested], exitRules: [] };

describe('rules tried on an example', () => {
  it('say which rule is not met, and which part of it', () => {
    const { advice, failed } = judgeExample(rules, 'IN', examplePeople.HOMEBOUND, 'vi');
    expect(advice).toBe('REFUSE');
    expect(failed.map(({ words }) => words)).toEqual([tested.vietnamese]);
    expect(failed[0]?.parts).toEqual([
      { words: 'Xét nghiệm âm tính trong 72 giờ', met: false },
      { words: 'Đã tiêm ít nhất 2 mũi vắc xin', met: true },
      { words: 'trừ trẻ dưới 6 tuổi', met: false },
    ]);
  });

  it('let pass who meets them or is exempt', () => {
    for (const name of ['DRIVER', 'CHILD'] as const)
      expect(judgeExample(rules, 'IN', examplePeople[name], 'vi')).toEqual({ advice: 'ADMIT', failed: [] });
  });

  it('count for the direction that they are made for, and the rules in force everywhere for both', () => {
    expect(judgeExample(rules, 'OUT', examplePeople.HOMEBOUND, 'vi').advice).toBe('ADMIT');
    expect(judgeExample(rules, 'OUT', examplePeople.CONTACT, 'en').advice).toBe('REFUSE');
  });

  it('leave out a rule that is not finished', () => {
    const unfinished = { ...rules, entryRules: [withText(tested, '{')] };
    expect(judgeExample(unfinished, 'IN', examplePeople.HOMEBOUND, 'vi').advice).toBe('ADMIT');
  });
});
