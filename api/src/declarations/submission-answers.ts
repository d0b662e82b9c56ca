import { badInput } from '../platform/graphql/problems.ts';
import type { Context } from '../policy/viewer.ts';
import { Declaration } from './declaration.entity.ts';
import { DeclarationSubmitted, InvalidDeclaration, Receipt, WorkRequired } from './declaration-results.entity.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { viewFor, type Parts } from './declarations.service.ts';
import type { FieldProblemCode } from './shared/declaration-checks.ts';
import { problemText } from './shared/declaration-texts.ts';
import type { SubmissionOutcome } from './submit-declarations.ts';

type Answer = DeclarationSubmitted | InvalidDeclaration | WorkRequired;

/** What became of a submission, one answer for each declaration of it, in the words of who sent it. */
export function answersOf(
  parts: Parts,
  context: Context,
  input: ReadonlyArray<{ id: string }>,
  outcome: SubmissionOutcome,
): Answer[] {
  if (outcome.kind === 'SIZE')
    throw badInput({ input: { vi: 'Mỗi lần gửi từ 1 đến 50 tờ khai.', en: 'Send 1 to 50 declarations at a time.' } });
  if (outcome.kind === 'INVALID')
    return input.map(({ id }, index) => invalid(context, id, outcome.problems[index] ?? []));
  if (outcome.kind === 'WORK') {
    const { challenge, bits } = outcome;
    return input.map(({ id }) => Object.assign(new WorkRequired(), { id, challenge, bits, message: whyWork(context) }));
  }
  return outcome.rows.map((row) => {
    const receipt = receiptOf(parts, context, row);
    return Object.assign(new DeclarationSubmitted(), { declaration: receipt.declaration, receipt });
  });
}

export function receiptOf(parts: Parts, context: Context, row: DeclarationRow): Receipt {
  return Object.assign(new Receipt(), { declaration: new Declaration(row, viewFor(parts, context), true) });
}

function whyWork({ locale }: Context): string {
  return locale === 'vi'
    ? 'Đang có nhiều tờ khai. Máy của bạn cần tính thêm một chút, rồi tờ khai được nhận.'
    : 'Many declarations are coming in. Your device computes for a moment, then this one is taken.';
}

function invalid({ locale }: Context, id: string, problems: FieldProblemCode[]): InvalidDeclaration {
  const fields = problems.map(({ path, code }) => ({ path, code, message: problemText(code, locale, path) }));
  const faultless =
    locale === 'vi'
      ? 'Tờ khai này đúng, nhưng chưa gửi vì tờ khai đi cùng còn lỗi.'
      : 'This one is right, but a companion’s is not, so none was sent.';
  const faulty =
    locale === 'vi' ? 'Hãy sửa các mục được đánh dấu rồi gửi lại.' : 'Correct what is marked, then send again.';
  return Object.assign(new InvalidDeclaration(), { id, fields, message: fields.length > 0 ? faulty : faultless });
}
