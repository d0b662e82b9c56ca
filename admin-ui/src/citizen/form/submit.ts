import { normaliseDeclaration } from '#api/declarations/shared/declaration-checks.ts';
import type { CompleteDeclaration } from '#api/declarations/shared/declaration-draft.ts';
import { newReceiptSecret } from '#api/declarations/shared/receipt-secret.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import type { Client } from '@urql/core';
import {
  SubmitDocument,
  WithdrawDocument,
  type DeclarationInput,
  type SubmitMutation,
} from '../../gql/citizen/graphql.ts';
import { readProblem, unanswered, type RequestProblem } from '../../session/problem.ts';
import { serverNow } from '../../session/server-clock.ts';
import { toKeptPass } from '../pass/pass-requests.ts';
import type { KeptPass } from '../pass/pass-store.ts';
import { declarationsOf } from './declarations.ts';
import type { Draft, Pending } from './draft.ts';
import { keepDraft } from './draft-store.ts';

type Result = SubmitMutation['submitDeclarations'][number];
type Invalid = Extract<Result, { __typename: 'InvalidDeclaration' }>;

export type Outcome =
  | { kind: 'STORED'; passes: KeptPass[] }
  | { kind: 'INVALID'; problems: { index: number; path: string; message: string }[] }
  | { kind: 'FAULT'; problem: RequestProblem };

/**
 * Sends the form. What was sent without an answer is sent again as it was, ids and secrets too; where it was changed
 * meanwhile, the one that may have arrived is withdrawn first.
 */
export async function submitForm(client: Client, draft: Draft): Promise<Outcome> {
  const content = contentOf(draft);
  if (draft.pending && draft.pending.content !== content) {
    const fault = await withdrawAll(client, draft.pending);
    if (fault) return fault;
    draft.pending = null;
  }
  draft.pending ??= prepare(draft, content);
  keepDraft(draft);
  const outcome = await send(client, draft.pending);
  if (outcome.kind !== 'CLOCK') return settle(draft, outcome);
  // This answer's Date header told the server's time: ids made by it are taken.
  draft.pending = prepare(draft, content);
  keepDraft(draft);
  return settle(draft, await send(client, draft.pending));
}

type Sent = Outcome | { kind: 'CLOCK'; problems: { index: number; path: string; message: string }[] };

function settle(draft: Draft, sent: Sent): Outcome {
  if (sent.kind === 'CLOCK' || sent.kind === 'INVALID') {
    draft.pending = null;
    return { kind: 'INVALID', problems: sent.problems };
  }
  return sent;
}

function prepare(draft: Draft, content: string): Pending {
  const now = serverNow();
  const { above = [], code = '' } = draft.journey.destination ?? {};
  const province = [...above].at(-1) ?? code;
  const inputs = declarationsOf(draft, now).map((input) =>
    normaliseDeclaration({ ...input, id: newUuid7(now), receiptSecret: newReceiptSecret(province) }),
  );
  // The checks of all screens passed: everything obligatory is there.
  return { inputs: inputs as CompleteDeclaration[], content };
}

/** What a change of which makes another declaration; the moment of departing now is not one. */
function contentOf(draft: Draft): string {
  return JSON.stringify(declarationsOf(draft, 0).map((input) => normaliseDeclaration(input)));
}

async function send(client: Client, { inputs }: Pending): Promise<Sent> {
  const { data, error } = await client.mutation(SubmitDocument, { input: inputs as DeclarationInput[] }).toPromise();
  if (!data) return { kind: 'FAULT', problem: problemOf(error) };
  const results = data.submitDeclarations;
  const invalid = results.filter((result): result is Invalid => result.__typename === 'InvalidDeclaration');
  if (invalid.length > 0) return invalidOutcome(results);
  return { kind: 'STORED', passes: passesOf(results, inputs) };
}

function invalidOutcome(results: Result[]): Sent {
  const fields = results.flatMap((result, index) =>
    result.__typename === 'InvalidDeclaration' ? result.fields.map((field) => ({ ...field, index })) : [],
  );
  return { kind: fields.some(({ code }) => code === 'CLOCK') ? 'CLOCK' : 'INVALID', problems: fields };
}

function passesOf(results: Result[], inputs: CompleteDeclaration[]): KeptPass[] {
  const group = inputs[0]?.id ?? '';
  return results.flatMap((result, index) => {
    const secret = inputs[index]?.receiptSecret;
    const receipt = result.__typename === 'DeclarationSubmitted' ? result.receipt : null;
    return receipt && secret ? [toKeptPass(receipt, secret, group)] : [];
  });
}

async function withdrawAll(client: Client, { inputs }: Pending): Promise<Outcome | null> {
  for (const { receiptSecret } of inputs) {
    const { error } = await client.mutation(WithdrawDocument, { secret: receiptSecret ?? '' }).toPromise();
    if (error) return { kind: 'FAULT', problem: problemOf(error) };
  }
  return null;
}

function problemOf(error: Parameters<typeof readProblem>[0] | undefined): RequestProblem {
  return error ? readProblem(error) : unanswered;
}
