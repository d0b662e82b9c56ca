import { badInput } from '../../platform/graphql/problems.ts';
import { readLine } from '../../platform/shared/text.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { coversUnit } from '../../policy/policy.ts';
import { partnerScopes, type PartnerScope } from '../../policy/viewer.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import type { Administrator } from '../read-account.ts';
import type { PartnerAppInput } from './partner-app.input.ts';

export interface PartnerAppDraft {
  id: string;
  name: string;
  purpose: string;
  scopes: PartnerScope[];
  unit: AdministrativeUnit;
  requestsPerMinute: number;
  costPerMinute: number;
}

const longestName = 80;
const longestPurpose = 300;
const usualBudget = { requests: 600, cost: 600_000 };
const texts = {
  id: { vi: 'Mã định danh phải là UUIDv7.', en: 'The id must be a UUIDv7.' },
  name: { vi: 'Cần tên, tối đa 80 ký tự.', en: 'A name is needed, of at most 80 characters.' },
  purpose: { vi: 'Cần mục đích, tối đa 300 ký tự.', en: 'A purpose is needed, of at most 300 characters.' },
  scopes: {
    vi: 'Chọn ít nhất một quyền có tên, mỗi quyền một lần.',
    en: 'Choose at least one known scope, each once.',
  },
  unknownUnit: { vi: 'Không có đơn vị nào mang mã này.', en: 'No unit has this code.' },
  outside: { vi: 'Đơn vị này nằm ngoài địa bàn của bạn.', en: 'This unit lies outside your jurisdiction.' },
  tooSmall: {
    vi: 'Số liệu thống kê chỉ có từ cấp huyện; hãy chọn đơn vị lớn hơn hoặc bỏ statistics:read.',
    en: 'Statistics begin with districts: choose a larger unit, or leave statistics:read out.',
  },
  requests: { vi: 'Từ 1 đến 100.000 yêu cầu mỗi phút.', en: 'From 1 to 100,000 requests a minute.' },
  cost: { vi: 'Từ 1 đến 100.000.000 mỗi phút.', en: 'From 1 to 100,000,000 a minute.' },
};

/** Reads what an administrator sent; throws bad input with all problems at once. */
export function readPartnerApp(input: PartnerAppInput, by: Administrator): PartnerAppDraft {
  const unit = by.territory.byCode(input.unitCode);
  const draft = {
    id: input.id,
    name: readLine(input.name, longestName) ?? '',
    purpose: readLine(input.purpose, longestPurpose) ?? '',
    scopes: partnerScopes.filter((scope) => input.scopes.includes(scope)),
    requestsPerMinute: input.requestsPerMinute ?? usualBudget.requests,
    costPerMinute: input.costPerMinute ?? usualBudget.cost,
  };
  const problems = {
    ...(uuid7Time(input.id) === null && { id: texts.id }),
    ...(!draft.name && { name: texts.name }),
    ...(!draft.purpose && { purpose: texts.purpose }),
    ...((draft.scopes.length === 0 || draft.scopes.length !== input.scopes.length) && { scopes: texts.scopes }),
    ...placeProblem(unit, draft.scopes, by),
    ...(!isWithin(draft.requestsPerMinute, 100_000) && { requestsPerMinute: texts.requests }),
    ...(!isWithin(draft.costPerMinute, 100_000_000) && { costPerMinute: texts.cost }),
  };
  if (!unit || Object.keys(problems).length > 0) {
    throw badInput(Object.fromEntries(Object.entries(problems).map(([path, text]) => [`input.${path}`, text])));
  }
  return { ...draft, unit };
}

const isWithin = (given: number, most: number): boolean => given >= 1 && given <= most;

function placeProblem(unit: AdministrativeUnit | undefined, scopes: readonly PartnerScope[], by: Administrator) {
  if (!unit) return { unitCode: texts.unknownUnit };
  if (!coversUnit(by.scope, unit)) return { unitCode: texts.outside };
  // A cell of the statistics is a district: who reaches less than one would read nothing.
  return unit.level === 'COMMUNE' && scopes.includes('statistics:read') ? { unitCode: texts.tooSmall } : {};
}
