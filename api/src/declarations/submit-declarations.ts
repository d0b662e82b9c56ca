import type { Keys } from '../platform/crypto/keys.ts';
import { contentHmac, isHmacOf, sha256 } from '../platform/crypto/lookup.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { findOrAddCitizens } from '../people/citizens.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { checkContext } from './check-context.ts';
import { dayOf } from './day-of.ts';
import { prepareDeclaration } from './prepare-declaration.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { declarationsByIds, insertDeclarations, insertHandles, type Handle } from './declarations.queries.ts';
import {
  checkSubmission,
  normaliseDeclaration,
  type FieldProblemCode,
  type SubmissionCheck,
} from './shared/declaration-checks.ts';
import type { Channel, CompleteDeclaration } from './shared/declaration-draft.ts';
import { newSpokenCode } from './shared/spoken-code.ts';
import { openWith } from './open-of-numbers.ts';
import type { Work } from './proof-of-work.ts';
import { freelyOpen, type WorkDemand, type WorkToll } from './work-toll.ts';

export interface Submission {
  channel: Channel;
  at: Date;
  inputs: CompleteDeclaration[];
  /** The officer's account, where one keys it in. */
  recordedBy?: string;
}

/** What the public form pays with; other channels pay nothing. */
export interface Payment {
  toll: WorkToll;
  work: Work | null;
}

export type SubmissionOutcome =
  | { kind: 'SIZE'; code: 'EMPTY' | 'TOO_MANY' }
  | { kind: 'INVALID'; problems: FieldProblemCode[][] }
  | ({ kind: 'WORK' } & WorkDemand)
  | { kind: 'STORED'; rows: DeclarationRow[]; fresh: boolean };

/** Another request stored the same ids or secrets between our look and our insert: start again in a new transaction. */
export class SubmittedMeanwhile extends Error {}

/** Checks and reads a submission before any transaction is open; its province says which scope it is stored with. */
export function readSubmission(
  territory: Territory,
  submission: Submission,
): { inputs: CompleteDeclaration[]; check: SubmissionCheck; province: string; day: string } {
  const { at, channel } = submission;
  const inputs = submission.inputs.map((input) => normaliseDeclaration(input));
  const day = dayOf(inputs[0]?.id ?? '', at);
  const check = checkSubmission(inputs, checkContext(territory, { at, channel, day }));
  const destination = territory.byCode(inputs[0]?.journey.destinationCode ?? '', day);
  return { inputs, check, province: destination?.provinceCode ?? '', day };
}

/** What a submission that did not hold against the checks is answered with. */
export const refusalOf = (check: Exclude<SubmissionCheck, { ok: true }>): SubmissionOutcome =>
  check.code === 'INVALID' ? { kind: 'INVALID', problems: check.problems } : { kind: 'SIZE', code: check.code };

/** Stores all of a submission or nothing; what was stored before with the same content is answered as it was then. */
export async function submitDeclarations(
  tx: Transaction,
  parts: { keys: Keys; territory: Territory },
  submission: Submission,
  payment: Payment | null,
): Promise<SubmissionOutcome> {
  const { inputs, check, province } = readSubmission(parts.territory, submission);
  if (!check.ok) return refusalOf(check);

  const contents = new Map(inputs.map((input) => [input.id, contentHash(parts.keys, input)]));
  const ids = inputs.map(({ id }) => id);
  const people = inputs.map(({ person }) => person);
  // Both leave in one packet: what is open costs no round trip.
  const [earlier, open] = await Promise.all([
    declarationsByIds(tx, { provinces: [province], unitIds: null }, ids),
    payment ? openWith(tx, parts.keys, province, people, submission.at) : 0,
  ]);
  const reused = inputs.map((input) =>
    reuseProblem(
      parts.keys,
      earlier.find((row) => row.id === input.id),
      input,
    ),
  );
  if (reused.some((problems) => problems.length > 0)) return { kind: 'INVALID', problems: reused };

  const fresh = inputs.filter(({ id }) => !earlier.some((row) => row.id === id));
  const owed = fresh.length > 0 && payment && workOwed(payment, open / freelyOpen, inputs, submission.at);
  if (owed) return { kind: 'WORK', ...owed };
  const added =
    fresh.length > 0
      ? await addDeclarations(tx, parts, { ...submission, inputs: fresh }, inputs[0]?.id ?? '', province, contents)
      : [];
  const rows = new Map([...earlier, ...added].map((row) => [row.id, row]));
  return { kind: 'STORED', rows: inputs.flatMap(({ id }) => rows.get(id) ?? []), fresh: fresh.length > 0 };
}

function reuseProblem(keys: Keys, earlier: DeclarationRow | undefined, input: CompleteDeclaration): FieldProblemCode[] {
  const same = !earlier || isHmacOf(keys.lookup, earlier.content_hash, contentOf(input));
  return same ? [] : [{ path: 'id', code: 'ID_REUSED' }];
}

function contentOf({ receiptSecret, ...content }: CompleteDeclaration): string {
  return JSON.stringify([content, receiptSecret ? sha256(receiptSecret).toString('hex') : null]);
}

/** The work that these declarations still owe under a pressure, or null. */
export function workOwed(
  { toll, work }: Payment,
  pressure: number,
  inputs: CompleteDeclaration[],
  at: Date,
): WorkDemand | null {
  return toll.demand(pressure, () => inputs.map(contentOf).join('\n'), work, at);
}

/** What was sent, as a keyed hash: an unkeyed one could be tried against every ID number. */
export const contentHash = (keys: Keys, input: CompleteDeclaration): Buffer =>
  contentHmac(keys.lookup, contentOf(input));

async function addDeclarations(
  tx: Transaction,
  parts: { keys: Keys; territory: Territory },
  { inputs, channel, at, recordedBy }: Submission,
  submissionId: string,
  province: string,
  contents: Map<string, Buffer>,
): Promise<DeclarationRow[]> {
  const prepared = inputs.map((input) =>
    prepareDeclaration(parts, {
      input,
      channel,
      at,
      province,
      submissionId,
      recordedBy: recordedBy ?? null,
      contentHash: contents.get(input.id) ?? Buffer.alloc(0),
    }),
  );
  return storePrepared(tx, parts.keys, { province, at, inputs, prepared });
}

/** Stores declarations of one province with their people and handles, whole or not at all; of several submissions too. */
export async function storePrepared(
  tx: Transaction,
  keys: Keys,
  {
    province,
    at,
    inputs,
    prepared,
  }: { province: string; at: Date; inputs: CompleteDeclaration[]; prepared: DeclarationRow[] },
): Promise<DeclarationRow[]> {
  const citizenIds = await findOrAddCitizens(
    tx,
    keys,
    province,
    prepared.map((row, index) => ({
      person: row,
      idNumber: inputs[index]?.person.idNumber ?? null,
      passportNumber: inputs[index]?.person.passportNumber ?? null,
    })),
    at,
  );
  const rows = prepared.map((row, index) => ({
    ...row,
    citizen_id: citizenIds[index] ?? '',
    code: newSpokenCode(province),
  }));
  const handles = rows.flatMap((row, index): Handle[] => [
    { kind: 'CODE', handle: Buffer.from(row.code), declarationId: row.id },
    ...(inputs[index]?.receiptSecret
      ? [{ kind: 'SECRET' as const, handle: sha256(inputs[index].receiptSecret), declarationId: row.id }]
      : []),
  ]);
  const [stored, kept] = await Promise.all([insertDeclarations(tx, rows), insertHandles(tx, province, handles)]);
  if (stored.size < rows.length || kept < handles.length) throw new SubmittedMeanwhile();
  return rows;
}
