import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { notFound } from '../../platform/graphql/problems.ts';
import { readPage, toConnection } from '../../platform/graphql/connection.ts';
import { coversUnit, permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { checkpointsAround } from '../../checkpoints/checkpoints-around.service.ts';
import { keepCheckpoints } from '../../checkpoints/checkpoints.service.ts';
import { SubmitDeclarationResult } from '../../declarations/declaration-results.entity.ts';
import { sawDeclarations, type Parts } from '../../declarations/declarations.service.ts';
import {
  DeclarationInput,
  SubmittedMeanwhile,
  answersOf,
  readSubmission,
  type Submission,
  type SubmissionOutcome,
} from '../../declarations/key-in.service.ts';
import { PassageConnection } from '../passage.connection.ts';
import { listPassages, countPassages } from '../passage-list.queries.ts';
import { showPassage } from '../passage-fields.resolver.ts';
import { checkpointOf } from '../scan.ts';
import { recordPaperDeclaration } from './record-paper-declaration.ts';

/** Paper forms: keyed in at a checkpoint, at once or later, and the passages that wait for one. */
@Resolver()
export class PaperResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Mutation(() => SubmitDeclarationResult, {
    description:
      'Stores what was declared at one of your own checkpoints: with paperFormNumber on paper (PAPER), without it by word of mouth (ASSISTED). Passages of that number in the province that wait for their form show its person from then on. Where there is no document, noDocumentReason says why. Sent again, the same id with the same content gives the same answer.',
  })
  async recordPaperDeclaration(
    @Ctx() context: Context,
    @Arg('input', () => DeclarationInput, { description: 'What is written on the form.' }) input: DeclarationInput,
    @Arg('checkpointId', () => ID, { description: 'Where it was handed in; one of your own.' }) checkpointId: string,
  ): Promise<typeof SubmitDeclarationResult> {
    const outcome = await this.#record(context, input, checkpointId).catch(async (error: unknown) => {
      if (!(error instanceof SubmittedMeanwhile)) throw error;
      await context.transactions.rollback();
      return this.#record(context, input, checkpointId);
    });
    const [answer] = answersOf(this.#parts, context, [input], outcome);
    return answer as NonNullable<typeof answer>;
  }

  async #record(context: Context, input: DeclarationInput, checkpointId: string): Promise<SubmissionOutcome> {
    const { checkpointIds } = permit(context, 'declaration.record');
    const { accountId, jurisdiction, rowScope } = signedIn(context);
    const tx = await context.transaction();
    const around = await checkpointsAround(tx, [checkpointId]);
    const checkpoint = checkpointOf(around, checkpointIds, checkpointId);
    const channel = input.paperFormNumber ? 'PAPER' : 'ASSISTED';
    const submission: Submission = { channel, at: context.at, inputs: [input], recordedBy: accountId };
    const { province, inputs } = readSubmission(this.#parts.territory, submission);
    // As from the public form it is written where it leads to; what is read of it is read in the officer's own scope again.
    const provinces = [...new Set([checkpoint.provinceCode, province])].filter(Boolean);
    await context.transactions.changeScope({ provinces, unitIds: null, accountId });
    const desk = { accountId, unitId: jurisdiction.unitId, checkpoint, around };
    const number = inputs[0]?.paperFormNumber ?? null;
    const outcome = await recordPaperDeclaration(tx, this.#parts, desk, submission, number);
    await context.transactions.changeScope(rowScope);
    this.#noteLook(context, outcome);
    return outcome;
  }

  /** Who keys a form in has an entry of it; who sends it again looks at it again. */
  #noteLook(context: Context, outcome: SubmissionOutcome): void {
    if (outcome.kind !== 'STORED') return;
    if (outcome.fresh) context.trail.entered(outcome.rows.map(({ id }) => id));
    else sawDeclarations(context, outcome.rows);
  }

  @Query(() => PassageConnection, {
    description:
      'Passages of a checkpoint that were recorded with the number of a paper form which is not keyed in yet, newest first, as corrected. NOT_FOUND for a checkpoint outside your rights.',
  })
  async paperOutstanding(
    @Ctx() context: Context,
    @Arg('checkpointId', () => ID, { description: 'Where they were recorded.' }) checkpointId: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<PassageConnection> {
    const scope = permit(context, 'passage.list');
    const page = readPage(first, after, { list: 'paperOutstanding', key: ['time', 'id'] });
    const tx = await context.transaction();
    const checkpoint = checkpointOf(await checkpointsAround(tx, [checkpointId]), scope.checkpointIds, checkpointId);
    if (!coversUnit(scope, { id: checkpoint.unitId, provinceCode: checkpoint.provinceCode })) throw notFound();
    const wanted = { checkpointIds: [checkpointId], awaitsForm: true };
    const rows = await listPassages(tx, scope, wanted, page);
    keepCheckpoints(
      context,
      rows.map((row) => row.checkpoint),
    );
    const passages = rows.map((row) => showPassage(context, row));
    return toConnection(
      page,
      passages,
      ({ row }) => [row.occurred_at.toISOString(), row.id],
      () => countPassages(tx, scope, wanted),
    );
  }
}
