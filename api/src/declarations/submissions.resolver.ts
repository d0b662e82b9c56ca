import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { sha256 } from '../platform/crypto/lookup.ts';
import { wholeProvinces, type Transaction } from '../platform/database/transaction.ts';
import type { Context } from '../policy/viewer.ts';
import { DeclarationInput, WorkInput } from './declaration.input.ts';
import { Receipt, SubmitDeclarationResult } from './declaration-results.entity.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { declarationByHandle, withdrawDeclaration } from './declarations.queries.ts';
import type { Parts } from './declarations.service.ts';
import { SecretGuesses } from './secret-guesses.ts';
import { answersOf, receiptOf } from './submission-answers.ts';
import { readReceiptSecret } from './shared/receipt-secret.ts';
import {
  SubmittedMeanwhile,
  readSubmission,
  refusalOf,
  submitDeclarations,
  workOwed,
  type Payment,
  type Submission,
  type SubmissionOutcome,
} from './submit-declarations.ts';
import { submitForApp } from './submit-for-app.ts';
import type { WorkToll } from './work-toll.ts';

/** What the public may do: submit, reopen and withdraw. It writes with its destination's province and reads nothing else. */
@Resolver()
export class SubmissionsResolver {
  readonly #parts: Parts;
  readonly #toll: WorkToll;
  readonly #guesses = new SecretGuesses();

  constructor(parts: Parts, toll: WorkToll) {
    this.#parts = parts;
    this.#toll = toll;
  }

  @Mutation(() => [SubmitDeclarationResult], {
    description:
      'Stores 1 to 50 declarations, companions of the first, all to one province, each with its own receiptSecret; one result each, in order. All are stored or none. Where WorkRequired is answered, sent again unchanged with the work. Sent again, the same ids with the same content give the same answer. A partner app sends it with declarations:write for its user, without work and to its own units only (channel PARTNER).',
  })
  async submitDeclarations(
    @Ctx() context: Context,
    @Arg('input', () => [DeclarationInput], { description: 'The declarations, 1 to 50.' }) input: DeclarationInput[],
    @Arg('work', () => WorkInput, { nullable: true, description: 'What WorkRequired asked for; else absent.' })
    work: WorkInput | null,
  ): Promise<Array<typeof SubmitDeclarationResult>> {
    const submission: Submission = { channel: 'ONLINE', at: context.at, inputs: input };
    const payment = { toll: this.#toll, work };
    const outcome = await this.#submit(context, submission, payment).catch(async (error: unknown) => {
      if (!(error instanceof SubmittedMeanwhile)) throw error;
      await context.transactions.rollback();
      return this.#submit(context, submission, payment);
    });
    return answersOf(this.#parts, context, input, outcome);
  }

  async #submit(context: Context, submission: Submission, payment: Payment): Promise<SubmissionOutcome> {
    if (context.viewer?.app) return submitForApp(this.#parts, context, submission.inputs);
    const { province, check, inputs } = readSubmission(this.#parts.territory, submission);
    // An invalid form touches no database.
    if (!check.ok) return refusalOf(check);
    const pressure = payment.toll.pressureWith(inputs.length, context.at);
    const owed = workOwed(payment, pressure, inputs, context.at);
    if (owed) return { kind: 'WORK', ...owed };
    const tx = await context.transaction(wholeProvinces([province]));
    return submitDeclarations(tx, this.#parts, submission, payment);
  }

  @Query(() => Receipt, {
    nullable: true,
    description:
      'What the holder of this secret declared; null where no declaration has it. RATE_LIMITED after 100 secrets of nobody from one network in a minute.',
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
    await this.#guesses.count(context.ip);
    const tx = await context.transaction(wholeProvinces([read.provinceCode]));
    const row = await declarationByHandle(tx, read.provinceCode, 'SECRET', sha256(text));
    if (row) await this.#guesses.takeBack(context.ip);
    return row && { tx, row };
  }

  #receipt(context: Context, row: DeclarationRow): Receipt {
    return receiptOf(this.#parts, context, row);
  }
}
