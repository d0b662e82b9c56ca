import { reasonFault } from '../shared/reason.ts';
import { readLine } from '../shared/text.ts';
import { badInput } from './problems.ts';

/** What an argument for a reason says of itself. */
export const reasonText = 'Why: 5 to 500 characters, without numbers of the person. It stands in the audit trail.';

const faults = {
  SHORT: { vi: 'Hãy viết lý do từ 5 đến 500 ký tự.', en: 'Give a reason of 5 to 500 characters.' },
  NUMBER: {
    vi: 'Đừng ghi số giấy tờ hay số điện thoại vào lý do.',
    en: 'Write no number of the person in the reason.',
  },
};

export function readReason(text: string): string {
  const reason = readLine(text, 500) ?? '';
  const fault = reasonFault(reason);
  if (fault) throw badInput({ reason: faults[fault] });
  return reason;
}
