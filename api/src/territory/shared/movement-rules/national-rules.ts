import type { RuleVersion } from './evaluate.ts';

const since = '2021-01-01T00:00:00Z';
type NationalRule = Pick<RuleVersion, 'id' | 'description' | 'descriptionEnglish' | 'logic' | 'onFailure'>;

/**
 * In force everywhere. A change of one is a new version beside the old: what it said then is read by its version for years.
 */
export const nationalRules: readonly RuleVersion[] = (
  [
    {
      id: 'POSITIVE_TEST',
      description: 'Kết quả xét nghiệm dương tính.',
      descriptionEnglish: 'The test result is positive.',
      logic: { '!==': [{ var: 'testNegative' }, false] },
      onFailure: 'REFUSE',
    },
    {
      id: 'CONTACT_WITH_CASE',
      description: 'Đã tiếp xúc với ca bệnh hoặc ca nghi nhiễm trong 14 ngày qua.',
      descriptionEnglish: 'Was in contact with a case or suspected case in the last 14 days.',
      logic: { '!': [{ var: 'contactWithCase' }] },
      onFailure: 'REFUSE',
    },
    {
      id: 'SYMPTOMS',
      description: 'Có triệu chứng trong 14 ngày qua.',
      descriptionEnglish: 'Had symptoms in the last 14 days.',
      logic: { '!': [{ var: 'symptoms' }] },
      onFailure: 'EXAMINE',
    },
    {
      id: 'CONTACT_WITH_SYMPTOMATIC',
      description: 'Đã tiếp xúc với người có triệu chứng trong 14 ngày qua.',
      descriptionEnglish: 'Was in contact with a person with symptoms in the last 14 days.',
      logic: { '!': [{ var: 'contactWithSymptomatic' }] },
      onFailure: 'EXAMINE',
    },
    {
      id: 'CONTACT_FROM_AFFECTED_AREA',
      description: 'Đã tiếp xúc với người đến từ vùng có dịch trong 14 ngày qua.',
      descriptionEnglish: 'Was in contact with a person from an affected area in the last 14 days.',
      logic: { '!': [{ var: 'contactFromAffectedArea' }] },
      onFailure: 'EXAMINE',
    },
    {
      id: 'EPIDEMIC_AREA_WITHOUT_TEST',
      description: 'Đã đến vùng có dịch mà không có xét nghiệm âm tính trong 72 giờ.',
      descriptionEnglish: 'Was in an epidemic area and has no negative test of the last 72 hours.',
      logic: {
        or: [
          { '!': [{ var: 'visitedEpidemicArea' }] },
          { and: [{ '===': [{ var: 'testNegative' }, true] }, { '<': [{ var: 'testAgeHours' }, 72] }] },
        ],
      },
      onFailure: 'EXAMINE',
    },
  ] satisfies NationalRule[]
).map((rule) => ({ ...rule, version: 1, validFrom: since, endedAt: null }));
