import type { Advice } from '#api/territory/shared/movement-rules/advice.ts';
import type { HealthAnswers, Instant } from './declaration-draft.ts';

/** Goes up whenever a rule changes: a pass names the version that its advice was given by. */
export const RULES_VERSION = 1;

export type ReasonCode =
  | 'SYMPTOMS'
  | 'CONTACT_WITH_CASE'
  | 'CONTACT_WITH_SYMPTOMATIC'
  | 'CONTACT_FROM_AFFECTED_AREA'
  | 'POSITIVE_TEST'
  | 'EPIDEMIC_AREA_WITHOUT_TEST';

interface Rule {
  code: ReasonCode;
  onFailure: Exclude<Advice, 'ADMIT'>;
  holds(health: HealthAnswers, at: Date): boolean;
}

// A stopgap: rules as data, set by zone and date, take the place of this array.
const RULES: readonly Rule[] = [
  { code: 'POSITIVE_TEST', onFailure: 'REFUSE', holds: (health) => health.testNegative !== false },
  { code: 'CONTACT_WITH_CASE', onFailure: 'REFUSE', holds: (health) => !health.contactWithCase },
  { code: 'SYMPTOMS', onFailure: 'EXAMINE', holds: (health) => health.symptoms.length === 0 },
  { code: 'CONTACT_WITH_SYMPTOMATIC', onFailure: 'EXAMINE', holds: (health) => !health.contactWithSymptomatic },
  { code: 'CONTACT_FROM_AFFECTED_AREA', onFailure: 'EXAMINE', holds: (health) => !health.contactFromAffectedArea },
  {
    code: 'EPIDEMIC_AREA_WITHOUT_TEST',
    onFailure: 'EXAMINE',
    holds: (health, at) =>
      !health.visitedEpidemicArea || (health.testNegative === true && isFresh(health.testedAt, at)),
  },
];

const TEST_COUNTS_FOR_MS = 72 * 3_600_000;
// A phone's clock may be a little ahead of the server's when a test was taken just now.
const CLOCK_TOLERANCE_MS = 5 * 60_000;

function isFresh(testedAt: Instant | null | undefined, at: Date): boolean {
  if (testedAt === null || testedAt === undefined) return false;
  const ageMs = at.getTime() - new Date(testedAt).getTime();
  return ageMs < TEST_COUNTS_FOR_MS && ageMs >= -CLOCK_TOLERANCE_MS;
}

/** What the answers advise at a moment: the worst advice of the rules that fail, and every one that does, worst first. */
export function advise(health: HealthAnswers, at: Date): { advice: Advice; reasons: ReasonCode[] } {
  const failed = RULES.filter((rule) => !rule.holds(health, at));
  const worst = failed.find((rule) => rule.onFailure === 'REFUSE') ?? failed[0];
  return { advice: worst?.onFailure ?? 'ADMIT', reasons: failed.map((rule) => rule.code) };
}

const REASON_TEXTS: Record<ReasonCode, { vi: string; en: string }> = {
  POSITIVE_TEST: { vi: 'Kết quả xét nghiệm dương tính.', en: 'The test result is positive.' },
  CONTACT_WITH_CASE: {
    vi: 'Đã tiếp xúc với ca bệnh hoặc ca nghi nhiễm trong 14 ngày qua.',
    en: 'Was in contact with a case or suspected case in the last 14 days.',
  },
  SYMPTOMS: { vi: 'Có triệu chứng trong 14 ngày qua.', en: 'Had symptoms in the last 14 days.' },
  CONTACT_WITH_SYMPTOMATIC: {
    vi: 'Đã tiếp xúc với người có triệu chứng trong 14 ngày qua.',
    en: 'Was in contact with a person with symptoms in the last 14 days.',
  },
  CONTACT_FROM_AFFECTED_AREA: {
    vi: 'Đã tiếp xúc với người đến từ vùng có dịch trong 14 ngày qua.',
    en: 'Was in contact with a person from an affected area in the last 14 days.',
  },
  EPIDEMIC_AREA_WITHOUT_TEST: {
    vi: 'Đã đến vùng có dịch mà không có xét nghiệm âm tính trong 72 giờ.',
    en: 'Was in an epidemic area and has no negative test of the last 72 hours.',
  },
};

export function reasonText(code: ReasonCode, language: 'vi' | 'en'): string {
  return REASON_TEXTS[code][language];
}

/** Whether a stored text is a reason that this version knows. */
export function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(REASON_TEXTS, text);
}
