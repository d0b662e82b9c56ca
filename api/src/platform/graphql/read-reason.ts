import { lengthInCodePoints, readLine } from '../shared/text.ts';
import { badInput } from './problems.ts';

/** What an argument for a reason says of itself. */
export const reasonText = 'Why: 5 to 500 characters, without numbers of the person. It stands in the audit trail.';

/** It stays in the audit trail for years, in the clear: what looks like a number of the person is refused. */
export function readReason(text: string): string {
  const reason = readLine(text, 500);
  if (reason === null || lengthInCodePoints(reason) < 5)
    throw badInput({
      reason: { vi: 'Hãy viết lý do từ 5 đến 500 ký tự.', en: 'Give a reason of 5 to 500 characters.' },
    });
  if (/\d(?:[\s.-]?\d){7}/.test(reason))
    throw badInput({
      reason: {
        vi: 'Đừng ghi số giấy tờ hay số điện thoại vào lý do.',
        en: 'Write no number of the person in the reason.',
      },
    });
  return reason;
}
