import { badInput, notFound } from '../platform/graphql/problems.ts';
import type { KnownCheckpoint } from '../checkpoints/checkpoints-around.service.ts';
import { readCardCode } from '../people/shared/card-code.ts';
import { readIdNumber } from '../people/shared/id-number.ts';
import { readPhoneNumber } from '../people/shared/phone-number.ts';
import { declarationIdOfCode, timeOf, type DeclarationRow, type Parts } from '../declarations/declarations.service.ts';
import { advise } from '../declarations/advice.service.ts';
import { readSpokenCode } from '../declarations/shared/spoken-code.ts';
import { PASS_PREFIX } from '../passes/shared/pass-token.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import { enterScan } from './enter-scan.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';
import { judgeFlags } from './flags.ts';
import { toNearby } from './judge-batch.ts';
import { openForMs, openScanned } from './open-here.ts';
import { tellHit } from './tell-hit.ts';
import { Direction, type FlagKind, type PassageRow } from './passage.row.ts';
import { recentPassages } from './passages.queries.ts';
import { standingOfOpened, type StandsOut } from './stands-out.queries.ts';
import { scanCard, scanNumber } from './scan-numbers.ts';
import type { Scanned, Scanner } from './scanned.ts';

const recentMs = 21 * 24 * 3_600_000;
const changeAdvice = {
  name: 'change-opened-advice',
  text: 'update opened_declaration set advice = $4 where province_code = $1 and declaration_id = any($2) and checkpoint_id = $3',
};

// What the codes of other things begin with: an address or a scheme of their own, a bank's payment.
const FOREIGN = /^\s*(?:[A-Za-z][\w+.-]*:|000201)/;
const LONGEST_TYPED = 64;

/** Reads whatever was scanned or typed: a pass, a card, a personal QR, a spoken code, an ID number or a phone number. */
export async function scan(scanner: Scanner, parts: Parts, issuer: PassIssuer, payload: string): Promise<Scanned> {
  if (payload.length > 1_000) throw badInput({ payload: { vi: 'Mã quá dài.', en: 'This is too long to be a code.' } });
  if (payload.startsWith(PASS_PREFIX)) return scanPass(scanner, issuer, payload);
  const read = readCardCode(payload);
  if (read?.kind === 'CARD') return scanCard(scanner, parts, read.card);
  if (read) return { kind: 'INVALID', code: 'UNREADABLE', row: null, looksLike: read.damage };
  const code = readSpokenCode(payload);
  if (code) return scanCode(scanner, code);
  const typed = { idNumber: readIdNumber(payload), phone: readPhoneNumber(payload) };
  if (typed.idNumber || typed.phone) return scanNumber(scanner, parts, typed);
  const foreign = FOREIGN.test(payload) || payload.length > LONGEST_TYPED;
  return { kind: 'INVALID', code: 'UNREADABLE', row: null, ...(foreign && { looksLike: 'FOREIGN' }) };
}

async function scanPass(scanner: Scanner, issuer: PassIssuer, payload: string): Promise<Scanned> {
  const verified = await issuer.verify(payload, scanner.at);
  if (!verified.claims) return { kind: 'INVALID', code: verified.code, row: null };
  const { provinceCode, id } = verified.claims;
  return openAndJudge(scanner, provinceCode, id);
}

async function scanCode(scanner: Scanner, code: string): Promise<Scanned> {
  const id = await declarationIdOfCode(scanner.tx, code);
  return id ? openAndJudge(scanner, code.slice(0, 2), id) : { kind: 'INVALID', code: 'NOT_FOUND', row: null };
}

/** Opens the declaration and its companions here for 24 hours, enters that in the audit trail, and judges anew. */
async function openAndJudge(scanner: Scanner, province: string, id: string): Promise<Scanned> {
  const { tx, checkpoint, at } = scanner;
  const rows = await tx.rows<DeclarationRow>(openScanned, [
    checkpoint.provinceCode,
    [checkpoint.id],
    [province],
    [id],
    [timeOf(id)],
    new Date(at.getTime() + openForMs),
  ]);
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) return { kind: 'INVALID', code: 'NOT_FOUND', row: null };
  const recent = recentPassages(
    tx,
    checkpoint.provinceCode,
    id,
    checkpoint.id,
    row.citizen_id,
    new Date(at.getTime() - recentMs),
  );
  const opened = rows.map((one) => one.id);
  const stands = standingOfOpened(tx, checkpoint, opened, at);
  const [last, standing] = await Promise.all([recent, stands, enterScan(scanner, rows)]);
  const own = standing.get(id) ?? { mismatched: false, watched: false };
  const watched = opened.filter((one) => standing.get(one)?.watched);
  if (watched.length > 0) await tellHit(scanner);
  // Who is on the list is stopped as a companion too.
  const stopped = new Set(watched.filter((one) => one !== id));
  if (stopped.size > 0) await carryAdvice(scanner, [...stopped], 'REFUSE');
  if (row.withdrawn_at) return { kind: 'INVALID', code: 'WITHDRAWN', row };
  if (row.valid_until <= at) return { kind: 'INVALID', code: 'EXPIRED', row };
  const companions = rows
    .filter((other) => other.id !== id)
    .map((other) => (stopped.has(other.id) ? { ...other, advice: 'REFUSE' as const } : other));
  return judge(scanner, row, companions, { recent: asCorrected(last), ...own });
}

/** What the officer sees is what the passage will carry. */
async function carryAdvice({ tx, checkpoint }: Scanner, ids: readonly string[], advice: Advice): Promise<void> {
  await tx.rows(changeAdvice, [checkpoint.provinceCode, ids, checkpoint.id, advice]);
}

async function judge(
  scanner: Scanner,
  row: DeclarationRow,
  companions: DeclarationRow[],
  known: KnownOfPerson,
): Promise<Scanned> {
  const { at, territory } = scanner;
  const { advice: byRules, failed } = advise(territory, row, at);
  const advice = known.watched ? 'REFUSE' : byRules;
  if (advice !== row.advice) await carryAdvice(scanner, [row.id], advice);
  return {
    kind: 'VALID',
    row,
    companions: companions.slice(0, 50),
    advice,
    failed,
    flags: flagsNow(scanner, row, known),
    last: known.recent[0] ?? null,
  };
}

/** What the checkpoint's province knows of whom the declaration is of. */
interface KnownOfPerson extends StandsOut {
  recent: PassageRow[];
}

function flagsNow(
  { checkpoint, around, at }: Scanner,
  row: DeclarationRow,
  { recent, mismatched, watched }: KnownOfPerson,
): FlagKind[] {
  const citizenId = recent[0]?.citizen_id ?? null;
  // All are one person's, though merged ones were recorded under several.
  const nearby = recent.map((passage) => ({ ...toNearby(passage), citizenId }));
  const now = {
    id: '',
    occurredAt: at,
    checkpointId: checkpoint.id,
    declarationId: row.id,
    citizenId,
    receivedAt: at,
    decision: 'ADMITTED' as const,
    advice: null,
    warned: row.warnings.length > 0,
    mismatched,
    watched,
    validUntil: row.valid_until,
    withdrawnAt: row.withdrawn_at,
  };
  const either = [Direction.IN, Direction.OUT].flatMap((direction) =>
    judgeFlags({ ...now, direction }, nearby, (id) => around.get(id)?.place ?? null),
  );
  return [...new Set(either)];
}

function asCorrected(rows: PassageRow[]): PassageRow[] {
  const corrected = new Set(rows.map(({ corrects }) => corrects));
  return rows.filter(({ id, decision }) => decision !== 'VOID' && !corrected.has(id));
}

export function checkpointOf(
  around: ReadonlyMap<string, KnownCheckpoint>,
  assigned: readonly string[] | null,
  id: string,
): KnownCheckpoint {
  const checkpoint = around.get(id);
  if (!checkpoint || (assigned && !assigned.includes(id))) throw notFound();
  return checkpoint;
}
