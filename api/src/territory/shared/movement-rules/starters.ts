import type { RuleVersion } from './evaluate.ts';

export type RuleStarter = Pick<RuleVersion, 'description' | 'descriptionEnglish' | 'logic' | 'onFailure'> & {
  key: string;
};

/** What an editor offers to begin a zone's rule with. The numbers and choices in them are meant to be changed. */
export const ruleStarters: readonly RuleStarter[] = [
  {
    key: 'SYMPTOMS',
    description: 'Cần: không có triệu chứng nào trong 14 ngày qua.',
    descriptionEnglish: 'Needed: no symptoms in the last 14 days.',
    logic: { '!': [{ var: 'symptoms' }] },
    onFailure: 'REFUSE',
  },
  {
    key: 'CONTACT_WITH_CASE',
    description: 'Cần: không tiếp xúc với ca bệnh hoặc người nghi nhiễm trong 14 ngày qua.',
    descriptionEnglish: 'Needed: no contact with a case or suspected case in the last 14 days.',
    logic: { '!': [{ var: 'contactWithCase' }] },
    onFailure: 'REFUSE',
  },
  {
    key: 'FROM_LEVEL_4',
    description: 'Cần: không đi từ vùng cấp 4.',
    descriptionEnglish: 'Needed: not coming from a zone of level 4.',
    logic: { '<': [{ var: 'originLevel' }, 4] },
    onFailure: 'EXAMINE',
  },
  {
    key: 'NEGATIVE_TEST',
    description: 'Cần: xét nghiệm âm tính trong 72 giờ.',
    descriptionEnglish: 'Needed: a negative test of the last 72 hours.',
    logic: { and: [{ '===': [{ var: 'testNegative' }, true] }, { '<': [{ var: 'testAgeHours' }, 72] }] },
    onFailure: 'EXAMINE',
  },
  {
    key: 'DOSES',
    description: 'Cần: đã tiêm ít nhất 2 mũi vắc xin.',
    descriptionEnglish: 'Needed: vaccine doses: at least 2.',
    logic: { '>=': [{ var: 'vaccineDoses' }, 2] },
    onFailure: 'EXAMINE',
  },
];
