import type { Checkpoint } from '../../checkpoints/checkpoint.entity.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { actionTexts } from '../../policy/action-texts.ts';
import type { PeopleShown } from '../../policy/people-shown.ts';
import type { Action, Reach } from '../../policy/policy.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';

type Texts = Record<Locale, string>;

const shownTexts: Record<PeopleShown, Texts | null> = {
  WHOLE: { vi: 'họ tên và số giấy tờ hiện đầy đủ', en: 'names and numbers are shown whole' },
  OWN_SHIFT: {
    vi: 'họ tên và số giấy tờ hiện đầy đủ trong 24 giờ sau khi chính tài khoản này ghi, còn lại được che',
    en: 'names and numbers are shown whole for 24 hours after this account recorded them, masked otherwise',
  },
  MASKED: { vi: 'họ tên và số giấy tờ được che', en: 'names and numbers are masked' },
  NONE: null,
};

export const waitTexts = {
  suspended: { vi: 'Tài khoản đang tạm ngừng: không làm được gì.', en: 'The account is suspended: nothing works.' },
  password: {
    vi: 'Chưa đổi mật khẩu dùng một lần: mọi việc phải chờ.',
    en: 'The one-time password is not changed yet: everything waits for that.',
  },
  secondFactor: {
    vi: 'Chưa lập yếu tố xác thực thứ hai: mọi việc phải chờ.',
    en: 'The second factor is not set up yet: everything waits for that.',
  },
} satisfies Record<string, Texts>;

const mostNamed = 2;

/** An action in words: whether, where, and how people are shown. */
export function reachSentence(
  action: Action,
  reach: Reach | null,
  people: PeopleShown,
  at: { unit: AdministrativeUnit; checkpoints: readonly Checkpoint[] },
): Texts {
  const what = actionTexts[action];
  if (!reach) return { vi: `${what.vi}: không được.`, en: `${what.en}: not allowed.` };
  const where = reach === 'JURISDICTION' ? placeTexts(at.unit) : checkpointTexts(at.checkpoints);
  const shown = shownTexts[people];
  return {
    vi: `${what.vi} ${where.vi}${shown ? `; ${shown.vi}` : ''}.`,
    en: `${what.en} ${where.en}${shown ? `; ${shown.en}` : ''}.`,
  };
}

function placeTexts({ level, fullName }: AdministrativeUnit): Texts {
  if (level === 'NATION') return { vi: 'trên cả nước', en: 'in the whole country' };
  if (level === 'COMMUNE') return { vi: `tại ${fullName}`, en: `in ${fullName}` };
  return { vi: `tại ${fullName} và các đơn vị bên dưới`, en: `in ${fullName} and all units below` };
}

function checkpointTexts(checkpoints: readonly Checkpoint[]): Texts {
  if (checkpoints.length === 0)
    return { vi: 'tại chốt được gán, hiện chưa có chốt nào', en: 'at assigned checkpoints, of which there are none' };
  const names = checkpoints.slice(0, mostNamed).map(({ name }) => name);
  const more = checkpoints.length - names.length;
  const list = names.join(', ');
  return {
    vi: `tại ${list}${more > 0 ? ` và ${more} chốt khác` : ''}`,
    en: `at ${list}${more > 0 ? ` and ${more} more` : ''}`,
  };
}
