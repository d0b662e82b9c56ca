import type { Transaction } from '../platform/database/transaction.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { knownCitizens } from '../people/citizens.service.ts';
import { timeOf } from '../declarations/declarations.service.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import type { Rejection } from './check-passage.ts';
import type { PassageRow } from './passage.row.ts';
import { findSources, passagesByIds, type PassageSource } from './passages.queries.ts';
import type { RecordPassageInput } from './record-passage.input.ts';

const openForMs = 24 * 3_600_000;
const openDeclarations = {
  name: 'open-declarations',
  text: 'select id from open_declarations($1, $2, $3, $4, $5, $6, false)',
};

/** Who a passage is of, found. Or why it is not. */
export type Who =
  | { kind: 'DECLARATION'; source: PassageSource }
  | { kind: 'CITIZEN'; citizenId: string }
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
  rejection: Rejection | null;
}

const unknown: Who = { kind: 'REJECTED', rejection: { code: 'UNKNOWN_DECLARATION' } };

/** Finds the people of a batch: passes verified, declarations, citizens and corrected passages each in one statement. */
export async function resolveWho(
  tx: Transaction,
  issuer: PassIssuer,
  province: string,
  inputs: RecordPassageInput[],
  at: Date,
): Promise<Resolved[]> {
  const named = await Promise.all(inputs.map((input) => readName(issuer, input, at)));
  await openFromElsewhere(tx, province, named, at);
  const [sources, citizens, corrected] = await Promise.all([
    sourcesOf(tx, province, named, at),
    citizensOf(tx, province, inputs),
    correctedBy(tx, province, inputs),
  ]);
  const whoOf = ({ input, declarationId, rejection }: Named): Who => {
    if (rejection) return { kind: 'REJECTED', rejection };
    const source = declarationId ? sources.get(`${declarationId}/${input.checkpointId}`) : undefined;
    if (declarationId) return source ? { kind: 'DECLARATION', source } : unknown;
    if (input.paperFormNumber) return { kind: 'PAPER', formNumber: input.paperFormNumber };
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

async function readName(issuer: PassIssuer, input: RecordPassageInput, at: Date): Promise<Named> {
  const { qrPayload, declarationId } = input;
  if (!qrPayload) {
    const unreadable = declarationId && uuid7Time(declarationId) === null;
    if (unreadable)
      return { input, declarationId: null, passProvince: null, rejection: { code: 'UNKNOWN_DECLARATION' } };
    return { input, declarationId: declarationId ?? null, passProvince: null, rejection: null };
  }
  const { claims } = await issuer.verify(qrPayload, at);
  if (!claims) return { input, declarationId: null, passProvince: null, rejection: { code: 'INVALID_PASS' } };
  return { input, declarationId: claims.id, passProvince: claims.provinceCode, rejection: null };
}

/** A verified pass of another province is proof of presence: it opens its declaration here. */
async function openFromElsewhere(tx: Transaction, province: string, named: Named[], at: Date): Promise<void> {
  const foreign = named.filter(({ passProvince }) => passProvince !== null && passProvince !== province);
  if (foreign.length === 0) return;
  const ids = foreign.map(({ declarationId }) => declarationId ?? '');
  const checkpoints = foreign.map(({ input }) => input.checkpointId);
  const provinces = foreign.map(({ passProvince }) => passProvince);
  await tx.rows(openDeclarations, [
    province,
    checkpoints,
    provinces,
    ids,
    ids.map(timeOf),
    new Date(at.getTime() + openForMs),
  ]);
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
