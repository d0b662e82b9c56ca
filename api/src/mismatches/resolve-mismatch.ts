import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { notFound } from '../platform/graphql/problems.ts';
import { signedIn, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { CitizenRow } from '../people/citizen.entity.ts';
import { correctCitizen } from '../people/correct-citizen.service.ts';
import { citizensByIds } from '../people/citizens.service.ts';
import { openIdentifiers } from '../people/identifiers.service.ts';
import {
  checkAgain,
  holdVerifications,
  isWithin,
  storeResolution,
  type MismatchResolutionKind,
  type VerificationRow,
} from '../registry/verifications.service.ts';
import { identifiersOf, personRow, readPerson } from '../declarations/declared-person.service.ts';
import type { Parts } from '../declarations/declarations.service.ts';
import type { FieldProblemCode } from '../declarations/shared/declaration-checks.ts';
import type { DeclaredPerson } from '../declarations/shared/declaration-draft.ts';

export interface Asked {
  citizenId: string;
  kind: MismatchResolutionKind;
  reason: string;
  /** With CORRECTED, and only with it. */
  corrected: DeclaredPerson | null;
  /** The verdict that was seen; another one since is not settled by it. */
  checkedAt: Date | null;
}

export type Settled =
  | { kind: 'RESOLVED' | 'SETTLED'; citizen: CitizenRow; verification: VerificationRow }
  | { kind: 'INVALID'; problems: FieldProblemCode[]; taken: 'idNumber' | 'passportNumber' | null };

/**
 * Settles a verdict once. Of two at once the second waits for the first, and is told what it found. Who is merged with others is one
 * person: their verdict may stand with one of those, and all of the person's are accepted or referred together. A correction
 * concerns the one whose data it changes: each was asked about under their own number and name.
 */
export async function resolveMismatch(context: Context, parts: Parts, scope: Scope, asked: Asked): Promise<Settled> {
  const tx = await context.transaction();
  const held = await holdVerifications(tx, scope.provinces, asked.citizenId);
  const within = ownFirst(held, asked).filter((row) => isWithin(scope, row));
  const row = within.find((each) => isOpen(each, asked));
  if (!row) return settledBefore(tx, context, within, asked);
  const { province_code: province, citizen_id: id } = row;
  const correction = await correct(tx, context, parts, row, asked);
  if (correction.kind === 'INVALID') return correction;
  const { kind, reason } = asked;
  const { accountId } = signedIn(context);
  const together = held.filter((each) => each.province_code === province && maySettle(each, asked));
  const ids = kind === 'CORRECTED' ? [id] : together.map(({ citizen_id }) => citizen_id);
  const resolved = await storeResolution(tx, province, ids, { kind, reason, at: context.at, by: accountId });
  const again = kind === 'CORRECTED' ? await checkAgain(tx, { province, id }, context.at) : null;
  await enter(tx, context, { row, ids }, asked, correction.changed);
  const verification = again ?? resolved.find(({ citizen_id }) => citizen_id === id) ?? row;
  return { kind: 'RESOLVED', citizen: correction.row, verification };
}

const ownFirst = (rows: readonly VerificationRow[], { citizenId }: Asked): VerificationRow[] => {
  const isOwn = ({ citizen_id }: VerificationRow) => citizen_id === citizenId;
  return [...rows.filter(isOwn), ...rows.filter((row) => !isOwn(row))];
};

/** What waits for someone. What was referred may still be corrected or accepted. */
function maySettle({ status, resolution_kind }: VerificationRow, { kind }: Asked): boolean {
  const waits = status === 'MISMATCHED' || status === 'NOT_FOUND';
  return waits && (resolution_kind === null || (resolution_kind === 'REFERRED' && kind !== 'REFERRED'));
}

/** What may be settled, and is the answer that was seen. */
const isOpen = (row: VerificationRow, asked: Asked): boolean =>
  maySettle(row, asked) && (asked.checkedAt === null || asked.checkedAt.getTime() === row.checked_at?.getTime());

/** Sent again by the same account it answers the same; anybody else is told. */
async function settledBefore(
  tx: Transaction,
  context: Context,
  within: readonly VerificationRow[],
  asked: Asked,
): Promise<Settled> {
  const { accountId } = signedIn(context);
  const same = within.find(
    ({ resolution_kind: kind, resolution_reason: reason, resolved_by: by }) =>
      kind === asked.kind && reason === asked.reason && by === accountId,
  );
  const row = same ?? within[0];
  const [citizen] = row ? await citizensByIds(tx, [row.province_code], [row.citizen_id]) : [];
  if (!row || !citizen) throw notFound();
  return { kind: same ? 'RESOLVED' : 'SETTLED', citizen, verification: row };
}

type Corrected = { kind: 'DONE'; row: CitizenRow; changed: string[] } | Extract<Settled, { kind: 'INVALID' }>;

/** The citizen changes, what was declared and recorded never does. */
async function correct(
  tx: Transaction,
  context: Context,
  { keys, territory }: Parts,
  { province_code: province, citizen_id: id }: VerificationRow,
  { corrected }: Asked,
): Promise<Corrected> {
  const [before] = await citizensByIds(tx, [province], [id]);
  if (!before) throw notFound();
  if (!corrected) return { kind: 'DONE', row: before, changed: [] };
  const { person, problems } = readPerson(territory, withKnownNumbers(keys, before, corrected), context.at);
  if (problems.length > 0) return { kind: 'INVALID', problems, taken: null };
  const { identifiers_sealed: _sealed, ...columns } = personRow(keys, person, (code) => unitId(territory, code));
  const change = { person: columns, identifiers: identifiersOf(person) };
  const correction = await correctCitizen(tx, keys, { province, id }, change, context.at);
  if (correction.kind === 'UNKNOWN') throw notFound();
  if (correction.kind === 'TAKEN') {
    await context.transactions.rollback();
    return { kind: 'INVALID', problems: [], taken: correction.number };
  }
  return { kind: 'DONE', row: correction.row, changed: changedColumns(before, correction.row) };
}

/** A number that is not given stays, and counts as one that is there. */
function withKnownNumbers(keys: Parts['keys'], row: CitizenRow, person: DeclaredPerson): DeclaredPerson {
  const { idNumber, passportNumber } = openIdentifiers(keys, row.identifiers_sealed);
  return {
    ...person,
    idNumber: person.idNumber?.trim() ? person.idNumber : idNumber,
    passportNumber: person.passportNumber?.trim() ? person.passportNumber : passportNumber,
  };
}

const unitId = (territory: Parts['territory'], code: string): string => territory.byCode(code)?.id ?? '';

/** Names of what changed, for the audit trail: sealed numbers differ with every sealing, so they tell nothing. */
const changedColumns = (before: CitizenRow, after: CitizenRow): string[] =>
  (['full_name', 'date_of_birth', 'sex', 'nationality', 'permanent_unit_id', 'temporary_unit_id'] as const).filter(
    (column) => before[column] !== after[column],
  );

async function enter(
  tx: Transaction,
  context: Context,
  { row: { province_code: provinceCode, checkpoint_id, status }, ids }: { row: VerificationRow; ids: string[] },
  { kind, reason }: Asked,
  changed: string[],
): Promise<void> {
  const { accountId, roles, jurisdiction } = signedIn(context);
  context.trail.entered(ids);
  await writeAudit(tx, {
    provinceCode,
    actorId: accountId,
    role: roles.join(),
    unitId: jurisdiction.unitId,
    action: 'mismatch.resolve',
    subjectKind: 'citizen',
    subjectIds: ids,
    checkpointId: checkpoint_id,
    reason,
    detail: { resolution: kind, verdict: status, ...(changed.length > 0 ? { changed } : {}) },
  });
}
