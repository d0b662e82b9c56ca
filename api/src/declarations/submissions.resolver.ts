import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { sha256 } from '../platform/crypto/lookup.ts';
import { wholeProvinces, type Transaction } from '../platform/database/transaction.ts';
import { badInput } from '../platform/graphql/problems.ts';
import type { Context } from '../policy/viewer.ts';
import { Declaration } from './declaration.entity.ts';
import { DeclarationInput } from './declaration.input.ts';
import {
  DeclarationSubmitted,
  InvalidDeclaration,
  Receipt,
  SubmitDeclarationResult,
} from './declaration-results.entity.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { declarationByHandle, withdrawDeclaration } from './declarations.queries.ts';
import { viewFor, type Parts } from './declarations.service.ts';
import { problemText } from './shared/declaration-texts.ts';
import type { FieldProblemCode } from './shared/declaration-checks.ts';
import { readReceiptSecret } from './shared/receipt-secret.ts';
import {
  SubmittedMeanwhile,
  readSubmission,
  submitDeclarations,
  type Submission,
  type SubmissionOutcome,
} from './submit-declarations.ts';

type Result = DeclarationSubmitted | InvalidDeclaration;

/** What the public may do: submit, reopen and withdraw. It writes with its destination's province and reads nothing else. */
@Resolver()
export class SubmissionsResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Mutation(() => [SubmitDeclarationResult], {
    description:
      'Stores 1 to 50 declarations, companions of the first, all to one province, each with its own receiptSecret; one result each, in order. All are stored or none. Sent again, the same ids with the same content give the same answer.',
  })
  async submitDeclarations(
    @Ctx() context: Context,
    @Arg('input', () => [DeclarationInput], { description: 'The declarations, 1 to 50.' }) input: DeclarationInput[],
  ): Promise<Result[]> {
    const submission: Submission = { channel: 'ONLINE', at: context.at, inputs: input };
    const outcome = await this.#submit(context, submission).catch(async (error: unknown) => {
      if (!(error instanceof SubmittedMeanwhile)) throw error;
      await context.transactions.rollback();
      return this.#submit(context, submission);
    });
    return this.#results(context, input, outcome);
  }

  async #submit(context: Context, submission: Submission): Promise<SubmissionOutcome> {
    const { province, check } = readSubmission(this.#parts.territory, submission);
    // An invalid form touches no database.
    if (!check.ok)
      return check.code === 'INVALID'
        ? { kind: 'INVALID', problems: check.problems }
        : { kind: 'SIZE', code: check.code };
    const tx = await context.transaction(wholeProvinces([province]));
    return submitDeclarations(tx, this.#parts, submission);
  }

  #results(context: Context, input: DeclarationInput[], outcome: SubmissionOutcome): Result[] {
    if (outcome.kind === 'SIZE')
      throw badInput({ input: { vi: 'Mỗi lần gửi từ 1 đến 50 tờ khai.', en: 'Send 1 to 50 declarations at a time.' } });
    if (outcome.kind === 'INVALID')
      return input.map(({ id }, index) => this.#invalid(context, id, outcome.problems[index] ?? []));
    return outcome.rows.map((row) => {
      const declaration = this.#whole(context, row);
      return Object.assign(new DeclarationSubmitted(), {
        declaration,
        receipt: Object.assign(new Receipt(), { declaration }),
      });
    });
  }

  #invalid(context: Context, id: string, problems: FieldProblemCode[]): InvalidDeclaration {
    const { locale } = context;
    const fields = problems.map(({ path, code }) => ({ path, code, message: problemText(code, locale, path) }));
    const faultless =
      locale === 'vi'
        ? 'Tờ khai này đúng, nhưng chưa gửi vì tờ khai đi cùng còn lỗi.'
        : 'This one is right, but a companion’s is not, so none was sent.';
    const faulty =
      locale === 'vi' ? 'Hãy sửa các mục được đánh dấu rồi gửi lại.' : 'Correct what is marked, then send again.';
    return Object.assign(new InvalidDeclaration(), { id, fields, message: fields.length > 0 ? faulty : faultless });
  }

  @Query(() => Receipt, {
    nullable: true,
    description: 'What the holder of this secret declared; null where no declaration has it.',
  })
  async receipt(
    @Ctx() context: Context,
    @Arg('secret', () => String, { description: 'The secret made at submission: <province>.<22 characters>.' })
    secret: string,
  ): Promise<Receipt | null> {
    const found = await this.#bySecret(context, secret);
    return found && this.#receipt(context, found.row);
  }

  @Mutation(() => Receipt, {
    nullable: true,
    description:
      'Withdraws the declaration of this secret: its pass is refused from now on. Sent again it changes nothing. Null where no declaration has it.',
  })
  async withdrawDeclaration(
    @Ctx() context: Context,
    @Arg('secret', () => String, { description: 'The secret made at submission.' }) secret: string,
  ): Promise<Receipt | null> {
    const found = await this.#bySecret(context, secret);
    return found && this.#receipt(context, await withdrawDeclaration(found.tx, found.row, context.at));
  }

  async #bySecret(context: Context, text: string): Promise<{ tx: Transaction; row: DeclarationRow } | null> {
    const read = readReceiptSecret(text);
    if (!read) return null;
    const tx = await context.transaction(wholeProvinces([read.provinceCode]));
    const row = await declarationByHandle(tx, read.provinceCode, 'SECRET', sha256(text));
    return row && { tx, row };
  }

  #receipt(context: Context, row: DeclarationRow): Receipt {
    return Object.assign(new Receipt(), { declaration: this.#whole(context, row) });
  }

  #whole(context: Context, row: DeclarationRow): Declaration {
    return new Declaration(row, viewFor(this.#parts, context), true);
  }
}
