import type { RuleVersion } from './evaluate.ts';

export type RuleStarter = Pick<RuleVersion, 'description' | 'descriptionEnglish' | 'logic' | 'onFailure'> & {
  key: string;
};

/** What an editor offers to begin a zone's rule with. The numbers and choices in them are meant to be changed. */
export const ruleStarters: readonly RuleStarter[] = [
  {
    key: 'SYMPTOMS',
    description: 'Có triệu chứng trong 14 ngày qua.',
    descriptionEnglish: 'Had symptoms in the last 14 days.',
    logic: { '!': [{ var: 'symptoms' }] },
    onFailure: 'REFUSE',
  },
  {
    key: 'CONTACT_WITH_CASE',
    description: 'Đã tiếp xúc với ca bệnh hoặc ca nghi nhiễm trong 14 ngày qua.',
    descriptionEnglish: 'Was in contact with a case or suspected case in the last 14 days.',
    logic: { '!': [{ var: 'contactWithCase' }] },
    onFailure: 'REFUSE',
  },
  {
    key: 'FROM_LEVEL_4',
    description: 'Đến từ vùng dịch cấp 4.',
    descriptionEnglish: 'Comes from a zone of level 4.',
    logic: { '<': [{ var: 'originLevel' }, 4] },
    onFailure: 'EXAMINE',
  },
  {
    key: 'NEGATIVE_TEST',
    description: 'Không có xét nghiệm âm tính trong 72 giờ.',
    descriptionEnglish: 'Has no negative test of the last 72 hours.',
    logic: { and: [{ '===': [{ var: 'testNegative' }, true] }, { '<': [{ var: 'testAgeHours' }, 72] }] },
    onFailure: 'EXAMINE',
  },
  {
    key: 'DOSES',
    description: 'Chưa tiêm đủ 2 mũi vắc-xin.',
    descriptionEnglish: 'Has had fewer than 2 vaccine doses.',
    logic: { '>=': [{ var: 'vaccineDoses' }, 2] },
    onFailure: 'EXAMINE',
  },
];
