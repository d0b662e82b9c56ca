import { readSign } from '#api/checkpoints/shared/checkpoint-sign.ts';
import type { GraphqlClient } from '../../session/graphql-client.ts';
import { shallowRef } from 'vue';
import { getFragmentData } from '../../gql/officer/fragment-masking.ts';
import {
  ScanDocument,
  ShownCardFragmentDoc,
  ShownDeclarationFragmentDoc,
  ShownPassFragmentDoc,
  SignNameDocument,
  type ScanQuery,
  type ShownCardFragment,
  type ShownDeclarationFragment,
  type ShownPassFragment,
} from '../../gql/officer/graphql.ts';
import type { RequestProblem } from '../../session/problem.ts';
import { ask } from '../shell/request.ts';
import type { OfflinePass } from '../offline/judge-offline.ts';
import { keptTrustList } from '../offline/kept-trust-list.ts';
import { serverNow } from '../../session/server-clock.ts';
import { t } from '../texts.ts';
import { isPass, type Reading } from './reading.ts';
import { isSamePerson } from './same-person.ts';

type Result = ScanQuery['scan'];
export type Found = Extract<Result, { __typename: 'FoundDeclarations' }>['declarations'][number];
type InvalidCode = Extract<Result, { __typename: 'InvalidPass' }>['code'];

export type Scan =
  | { kind: 'IDLE' }
  | { kind: 'READING'; reading: Reading }
  | { kind: 'SIGN'; reading: Reading; name: string | null }
  | { kind: 'FAILED'; reading: Reading; problem: RequestProblem }
  | { kind: 'OFFLINE'; reading: Reading; pass: OfflinePass }
  | { kind: 'FOUND'; reading: Reading; declarations: Found[]; openCount: number }
  /** away: read without the server, which alone knows what was declared. alone: to be recorded with nothing but the card. */
  | { kind: 'CARD'; reading: Reading; card: ShownCardFragment; away: boolean; alone: boolean }
  | { kind: 'INVALID'; reading: Reading; code: InvalidCode; message: string; outdated: ShownDeclarationFragment | null }
  | { kind: 'VALID'; reading: Reading; pass: ShownPassFragment; declaration: ShownDeclarationFragment };

/** What was scanned last and what the server said of it. Only the last question's answer counts. */
export function useScan(client: GraphqlClient, checkpointId: () => string) {
  const scan = shallowRef<Scan>({ kind: 'IDLE' });
  let turn = 0;

  async function read(reading: Reading): Promise<void> {
    const own = ++turn;
    scan.value = { kind: 'READING', reading };
    const signOf = readSign(reading.text);
    const shown = signOf ? await nameSign(reading, signOf) : await lookUp(reading, reading.text);
    if (own === turn) scan.value = shown;
  }

  /** The code on a checkpoint's sign is no pass; whose it is needs the network, that it is one does not. */
  async function nameSign(reading: Reading, id: string): Promise<Scan> {
    const { data } = await ask(client, 'query', SignNameDocument, { id });
    return { kind: 'SIGN', reading, name: data?.checkpointSign?.name ?? null };
  }

  async function lookUp(reading: Reading, payload: string): Promise<Scan> {
    const { data, problem } = await ask(client, 'query', ScanDocument, { payload, checkpointId: checkpointId() });
    if (problem)
      return (problem.code === 'OFFLINE' && (await readOffline(reading))) || { kind: 'FAILED', reading, problem };
    const result = data.scan;
    const only = onlyOneOf(result);
    // One alone needs no picking: it is opened by its code, which judges it anew.
    return only && payload !== only.code ? lookUp(reading, only.code) : show(reading, result);
  }

  function clear(): void {
    turn++;
    scan.value = { kind: 'IDLE' };
  }

  /** Nothing is declared, or known to be: the card is enough. */
  function withCardAlone(): void {
    const shown = scan.value;
    if (isWithoutDeclaration(shown)) scan.value = { ...shown, alone: true };
  }

  return { scan, read, withCardAlone, clear };
}

/** A card under whose numbers no declaration is open, as far as is known, and nothing was decided yet. */
export const isWithoutDeclaration = (scan: Scan): scan is Extract<Scan, { kind: 'CARD' }> =>
  scan.kind === 'CARD' && !scan.alone && scan.card.openDeclarations.length === 0;

/** What this device can say by itself of a pass or a card; null where it cannot. */
const readOffline = (reading: Reading): Promise<Scan | null> =>
  isPass(reading.text) ? readPassOffline(reading) : readCardOffline(reading);

async function readCardOffline(reading: Reading): Promise<Scan | null> {
  const { readCardCode } = await import('#api/people/shared/card-code.ts');
  const read = readCardCode(reading.text);
  if (read?.kind !== 'CARD') return null;
  const card = { ...read.card, citizen: null, flags: [], openCount: 0, openDeclarations: [] };
  return { kind: 'CARD', reading, card, away: true, alone: false };
}

async function readPassOffline(reading: Reading): Promise<Scan | null> {
  const kept = keptTrustList();
  if (!kept) return null;
  try {
    const { judgeOffline } = await import('../offline/judge-offline.ts');
    const read = await judgeOffline(reading.text, kept, new Date(serverNow()));
    if (read.ok) return { kind: 'OFFLINE', reading, pass: read.pass };
    // Signed since the list was fetched, perhaps: the server may know the key.
    if (read.code === 'UNKNOWN_ISSUER') return null;
    return { kind: 'INVALID', reading, code: read.code, message: t('away.invalid'), outdated: null };
  } catch {
    return null;
  }
}

/** On a card's number somebody else may have declared: then the officer is shown both. */
function onlyOneOf(result: Result): { code: string } | null {
  if (result.__typename === 'FoundDeclarations')
    return (result.declarations.length === 1 && result.declarations[0]) || null;
  if (result.__typename !== 'IdCard') return null;
  const card = getFragmentData(ShownCardFragmentDoc, result);
  const [first] = card.openDeclarations;
  return first && card.openDeclarations.length === 1 && isSamePerson(card, first.person) ? first : null;
}

function show(reading: Reading, result: Result): Scan {
  if (result.__typename === 'FoundDeclarations') {
    const { declarations, openCount } = result;
    return { kind: 'FOUND', reading, declarations, openCount };
  }
  if (result.__typename === 'IdCard')
    return { kind: 'CARD', reading, card: getFragmentData(ShownCardFragmentDoc, result), away: false, alone: false };
  if (result.__typename === 'InvalidPass') {
    const outdated = getFragmentData(ShownDeclarationFragmentDoc, result.outdated) ?? null;
    return { kind: 'INVALID', reading, code: result.code, message: result.message, outdated };
  }
  const pass = getFragmentData(ShownPassFragmentDoc, result);
  return { kind: 'VALID', reading, pass, declaration: getFragmentData(ShownDeclarationFragmentDoc, pass.declaration) };
}
