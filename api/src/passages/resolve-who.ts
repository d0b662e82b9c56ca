import type { Transaction } from '../platform/database/transaction.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { formsKeyedIn } from '../declarations/paper-forms.service.ts';
import { readFormNumber } from '../declarations/shared/form-number.ts';
import { citizensOfCards, type ReadCard } from '../people/card-citizens.service.ts';
import { knownCitizens } from '../people/citizens.service.ts';
import { readCardCode } from '../people/shared/card-code.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import { PASS_PREFIX } from '../passes/shared/pass-token.ts';
import { cardContradicts } from './card-contradicts.ts';
import type { Rejection } from './check-passage.ts';
import { openHere } from './open-here.ts';
import type { PassageRow } from './passage.row.ts';
import { findSources, passagesByIds, type PassageSource } from './passages.queries.ts';
import type { RecordPassageInput } from './record-passage.input.ts';

/** Who a passage is of, found. Or why it is not. */
export type Who =
  /** With a form's number: what was declared on it before the passage came. */
  | { kind: 'DECLARATION'; source: PassageSource; formNumber: string | null }
  /** contradicts: of a card that says another sex or year than its own number. */
  | { kind: 'CITIZEN'; citizenId: string; contradicts?: boolean }
  | { kind: 'PAPER'; formNumber: string }
  | { kind: 'AS_BEFORE' }
  | { kind: 'REJECTED'; rejection: Rejection };

export interface Resolved {
  input: RecordPassageInput;
  who: Who;
  corrected: PassageRow | null;
}

interface Named {
  input: RecordPassageInput;
  declarationId: string | null;
  /** The province a verified pass names; null where only the declaration's id was given. */
  passProvince: string | null;
  /** The number of its paper form, where that is keyed in. */
  formNumber: string | null;
  rejection: Rejection | null;
  /** What a card's text says, and whether the card itself was compared. */
  card: ReadCard | null;
}

const longestCard = 1_000;
const unknown: Who = { kind: 'REJECTED', rejection: { code: 'UNKNOWN_DECLARATION' } };

/** Finds the people of a batch: passes verified, declarations, citizens and corrected passages each in one statement. */
export async function resolveWho(
  tx: Transaction,
  { keys, issuer }: { keys: Keys; issuer: PassIssuer },
  province: string,
  inputs: RecordPassageInput[],
  at: Date,
): Promise<Resolved[]> {
  const corrected = await correctedBy(tx, province, inputs);
  const named = await nameByForm(
    tx,
    province,
    await Promise.all(inputs.map((input) => readName(issuer, input, at))),
    corrected,
  );
  await openPresent(tx, province, named, at);
  const [sources, citizens] = await Promise.all([sourcesOf(tx, province, named, at), citizensOf(tx, province, inputs)]);
  const holders = await holdersOf(tx, keys, province, named, at);
  const whoOf = (entry: Named): Who => {
    const { input, declarationId, formNumber, rejection, card } = entry;
    if (rejection) return { kind: 'REJECTED', rejection };
    const holder = holders.get(entry);
    if (card && holder) return { kind: 'CITIZEN', citizenId: holder, contradicts: cardContradicts(card.card) };
    const source = declarationId ? sources.get(`${declarationId}/${input.checkpointId}`) : undefined;
    if (source) return { kind: 'DECLARATION', source, formNumber };
    // A form's declaration may be past its time, and its passage still stands under the number.
    if (declarationId && formNumber === null) return unknown;
    if (input.paperFormNumber) return { kind: 'PAPER', formNumber: readFormNumber(input.paperFormNumber) ?? '' };
    if (!input.citizenId) return { kind: 'AS_BEFORE' };
    return citizens.has(input.citizenId)
      ? { kind: 'CITIZEN', citizenId: input.citizenId }
      : { kind: 'REJECTED', rejection: { code: 'UNKNOWN_CITIZEN' } };
  };
  return named.map((entry) => ({
    input: entry.input,
    who: whoOf(entry),
    corrected: corrected.get(entry.input.corrects ?? '') ?? null,
  }));
}

const nobody = { declarationId: null, passProvince: null, formNumber: null, rejection: null, card: null };

async function readName(issuer: PassIssuer, input: RecordPassageInput, at: Date): Promise<Named> {
  const { qrPayload, declarationId } = input;
  if (!qrPayload) {
    const unreadable = declarationId && uuid7Time(declarationId) === null;
    const rejection: Rejection | null = unreadable ? { code: 'UNKNOWN_DECLARATION' } : null;
    return { ...nobody, input, declarationId: unreadable ? null : (declarationId ?? null), rejection };
  }
  const { claims } = await issuer.verify(qrPayload, at);
  if (!claims) return readCard(input, qrPayload);
  return { ...nobody, input, declarationId: claims.id, passProvince: claims.provinceCode };
}

/** What is no pass of ours may be a card's text as it was read: evidence of the card says that an officer compared it. */
function readCard(input: RecordPassageInput, text: string): Named {
  const read = text.startsWith(PASS_PREFIX) || text.length > longestCard ? null : readCardCode(text);
  if (read?.kind !== 'CARD') return { ...nobody, input, rejection: { code: 'INVALID_PASS' } };
  return { ...nobody, input, card: { card: read.card, compared: input.evidence !== 'NO_CARD' } };
}

/** Whom the cards name: found by their numbers, or made known by them. */
async function holdersOf(
  tx: Transaction,
  keys: Keys,
  province: string,
  named: readonly Named[],
  at: Date,
): Promise<Map<Named, string>> {
  const cards = named.flatMap((entry) => (entry.card ? [{ entry, read: entry.card }] : []));
  if (cards.length === 0) return new Map();
  const ids = await citizensOfCards(
    tx,
    keys,
    province,
    cards.map(({ read }) => read),
    at,
  );
  return new Map(cards.map(({ entry }, position) => [entry, ids[position] ?? '']));
}

/** Passages of paper forms that are keyed in already, and corrections of such that were recorded before: by their numbers. */
async function nameByForm(
  tx: Transaction,
  province: string,
  named: Named[],
  corrected: ReadonlyMap<string, PassageRow>,
): Promise<Named[]> {
  const numbers = named.map(({ input }) => formNumberOf(input, corrected.get(input.corrects ?? '')));
  const forms = await formsKeyedIn(
    tx,
    province,
    numbers.filter((number) => number !== null),
  );
  return named.map((entry, index) => {
    const form = forms.get(numbers[index] ?? '');
    if (!form) return entry;
    const { number: formNumber, declaration_id: declarationId, declaration_province: passProvince } = form;
    return { ...entry, declarationId, passProvince, formNumber };
  });
}

function formNumberOf(input: RecordPassageInput, corrected: PassageRow | undefined): string | null {
  if (input.paperFormNumber) return readFormNumber(input.paperFormNumber);
  if (input.qrPayload || input.declarationId || input.citizenId || corrected?.citizen_id) return null;
  return corrected?.paper_form_number ?? null;
}

/** A verified pass of another province, and a form that was handed in here, are proof of presence: they open their declarations. */
async function openPresent(tx: Transaction, here: string, named: Named[], at: Date): Promise<void> {
  const present = named.flatMap(({ input: { checkpointId }, declarationId: id, passProvince: province, formNumber }) =>
    id !== null && province !== null && (province !== here || formNumber !== null)
      ? [{ checkpointId, province, id }]
      : [],
  );
  await openHere(tx, here, present, at);
}

async function sourcesOf(
  tx: Transaction,
  province: string,
  named: Named[],
  at: Date,
): Promise<Map<string, PassageSource>> {
  const wanted = new Map(
    named
      .filter(({ declarationId }) => declarationId)
      .map(({ declarationId, input }) => [
        `${declarationId}/${input.checkpointId}`,
        { id: declarationId ?? '', checkpointId: input.checkpointId },
      ]),
  );
  if (wanted.size === 0) return new Map();
  const rows = await findSources(tx, province, [...wanted.values()], at);
  return new Map(rows.map((row) => [`${row.id}/${row.checkpoint_id}`, row]));
}

async function citizensOf(tx: Transaction, province: string, inputs: RecordPassageInput[]): Promise<Set<string>> {
  const ids = inputs.flatMap(({ citizenId }) => (citizenId && uuid7Time(citizenId) !== null ? [citizenId] : []));
  return ids.length > 0 ? knownCitizens(tx, province, ids) : new Set();
}

async function correctedBy(
  tx: Transaction,
  province: string,
  inputs: RecordPassageInput[],
): Promise<Map<string, PassageRow>> {
  const ids = inputs.flatMap(({ corrects }) => (corrects ? [corrects] : []));
  const rows = ids.length > 0 ? await passagesByIds(tx, [province], ids) : [];
  return new Map(rows.map((row) => [row.id, row]));
}
