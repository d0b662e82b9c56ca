import { normaliseDeclaration } from '#api/declarations/shared/declaration-checks.ts';
import type { CompleteDeclaration } from '#api/declarations/shared/declaration-draft.ts';
import { newReceiptSecret } from '#api/declarations/shared/receipt-secret.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import type { GraphqlClient } from '../../session/graphql-client.ts';
import {
  SubmitDocument,
  WithdrawDocument,
  type DeclarationInput,
  type SubmitMutation,
} from '../../gql/citizen/graphql.ts';
import { readProblem, unanswered, type RequestProblem } from '../../session/problem.ts';
import { serverNow } from '../../session/server-clock.ts';
import { haveWorkDone } from '../work/work.ts';
import { toKeptPass } from '../pass/pass-requests.ts';
import type { KeptPass } from '../pass/pass-store.ts';
import { declarationsOf } from './declarations.ts';
import type { Draft, Pending } from './draft.ts';
import { keepDraft } from './draft-store.ts';

const MOST_SENT = 4;

/** How far the work is that the server asked for, from 0 to 1. */
export type Progress = (share: number) => void;

type Result = SubmitMutation['submitDeclarations'][number];

export type Outcome =
  | { kind: 'STORED'; passes: KeptPass[] }
  | { kind: 'INVALID'; problems: { index: number; path: string; message: string }[] }
  | { kind: 'FAULT'; problem: RequestProblem };

/**
 * Sends the form. What was sent without an answer is sent again as it was, ids and secrets too; where it was changed
 * meanwhile, the one that may have arrived is withdrawn first.
 */
export async function submitForm(client: GraphqlClient, draft: Draft, progress: Progress): Promise<Outcome> {
  const content = contentOf(draft);
  if (draft.pending && draft.pending.content !== content) {
    const fault = await withdrawAll(client, draft.pending);
    if (fault) return fault;
    draft.pending = null;
  }
  draft.pending ??= prepare(draft, content);
  keepDraft(draft);
  const outcome = await send(client, draft.pending, progress);
  if (outcome.kind !== 'CLOCK') return settle(draft, outcome);
  // This answer's Date header told the server's time: ids made by it are taken.
  draft.pending = prepare(draft, content);
  keepDraft(draft);
  return settle(draft, await send(client, draft.pending, progress));
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

/** Does the work that is asked for and sends again; a server that asks for more each time is left alone for a while. */
async function send(client: GraphqlClient, pending: Pending, progress: Progress): Promise<Sent> {
  for (let sent = 0; sent < MOST_SENT; sent += 1) {
    const { inputs, work = null } = pending;
    const variables = { input: inputs as DeclarationInput[], work };
    const { data, error } = await client.mutation(SubmitDocument, variables).toPromise();
    if (!data) return { kind: 'FAULT', problem: problemOf(error) };
    const demand = data.submitDeclarations.find((result) => result.__typename === 'WorkRequired');
    if (!demand) return outcomeOf(data.submitDeclarations, inputs);
    const done = await haveWorkDone(demand, progress).catch(() => null);
    if (!done) return { kind: 'FAULT', problem: { ...unanswered, code: 'WORK', message: demand.message } };
    pending.work = done;
  }
  return { kind: 'FAULT', problem: unanswered };
}

function outcomeOf(results: Result[], inputs: CompleteDeclaration[]): Sent {
  if (results.some(({ __typename }) => __typename === 'InvalidDeclaration')) return invalidOutcome(results);
  const passes = passesOf(results, inputs);
  // Else an outcome that is newer than this page: the form stays until the page is.
  if (passes.length < inputs.length) return { kind: 'FAULT', problem: { ...unanswered, code: 'UNKNOWN' } };
  return { kind: 'STORED', passes };
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

async function withdrawAll(client: GraphqlClient, { inputs }: Pending): Promise<Outcome | null> {
  for (const { receiptSecret } of inputs) {
    const { error } = await client.mutation(WithdrawDocument, { secret: receiptSecret ?? '' }).toPromise();
    if (error) return { kind: 'FAULT', problem: problemOf(error) };
  }
  return null;
}

function problemOf(error: Parameters<typeof readProblem>[0] | undefined): RequestProblem {
  return error ? readProblem(error) : unanswered;
}
