import { elsewhere, writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { KnownCheckpoint } from '../../checkpoints/checkpoints-around.service.ts';
import { findOrAddCitizens } from '../../people/citizens.service.ts';
import type { DeclarationRow, Parts } from '../../declarations/declarations.service.ts';
import { submitDeclarations, type Submission, type SubmissionOutcome } from '../../declarations/key-in.service.ts';
import { addForm, formsKeyedIn } from '../../declarations/paper-forms.service.ts';
import { CheckPriority, enqueueChecks, type Check } from '../../registry/enqueue-checks.service.ts';
import { openHere } from '../open-here.ts';
import { identifyPassages, type KeyedIn } from './identify-passages.ts';

/** Who keys a form in, and where it was handed in. */
export interface Desk {
  accountId: string;
  unitId: string;
  checkpoint: KnownCheckpoint;
  /** All of its province, by id. */
  around: ReadonlyMap<string, KnownCheckpoint>;
}

/**
 * Stores one declaration of a checkpoint in its destination's province, and in the same transaction fills in the passages of its
 * form's number that wait for it in the checkpoint's. Sent again, it does nothing more and answers the same.
 */
export async function recordPaperDeclaration(
  tx: Transaction,
  parts: Parts,
  desk: Desk,
  submission: Submission,
  number: string | null,
): Promise<SubmissionOutcome> {
  const here = desk.checkpoint.provinceCode;
  const form = number ? (await formsKeyedIn(tx, here, [number])).get(number) : undefined;
  if (form && form.declaration_id !== submission.inputs[0]?.id)
    return { kind: 'INVALID', problems: [[{ path: 'paperFormNumber', code: 'FORM_NUMBER_USED' }]] };
  const outcome = await submitDeclarations(tx, parts, submission, null);
  const [row] = outcome.kind === 'STORED' && outcome.fresh ? outcome.rows : [];
  if (!row) return outcome;
  const citizenId = await citizenHere(tx, parts, here, row, submission);
  await openHere(
    tx,
    here,
    [{ checkpointId: desk.checkpoint.id, province: row.province_code, id: row.id }],
    row.submitted_at,
  );
  const identified = number ? await identifyWaiting(tx, desk, { number, row, citizenId }) : [];
  await enqueueChecks(tx, here, [checkOf(desk, row, citizenId)], row.submitted_at);
  await enter(tx, desk, row, identified.length);
  return outcome;
}

async function identifyWaiting(tx: Transaction, { checkpoint, around }: Desk, form: KeyedIn): Promise<string[]> {
  await addForm(tx, checkpoint.provinceCode, form.number, form.row);
  return identifyPassages(tx, checkpoint.provinceCode, around, form);
}

/**
 * The person as known in the checkpoint's province, found by a document or made of this form alone: nothing of what another
 * province knows of them comes here by a number that somebody typed.
 */
async function citizenHere(
  tx: Transaction,
  { keys }: Parts,
  here: string,
  row: DeclarationRow,
  { inputs }: Submission,
): Promise<string> {
  if (here === row.province_code) return row.citizen_id;
  const { idNumber, passportNumber } = inputs[0]?.person ?? {};
  const declared = { person: row, idNumber: idNumber ?? null, passportNumber: passportNumber ?? null };
  const [id] = await findOrAddCitizens(tx, keys, here, [{ ...declared, newId: row.citizen_id }], row.submitted_at);
  return id ?? row.citizen_id;
}

/** Also where no passage waited for the form: one that comes with its number later finds the person asked about. */
const checkOf = ({ checkpoint }: Desk, row: DeclarationRow, citizenId: string): Check => ({
  citizenId,
  checkpointId: checkpoint.id,
  unitId: checkpoint.unitId,
  passedAt: row.submitted_at,
  declaration: { province: row.province_code, id: row.id, occurredAt: row.occurred_at },
  priority: CheckPriority.USUAL,
});

async function enter(tx: Transaction, desk: Desk, row: DeclarationRow, passages: number): Promise<void> {
  const { provinceCode, id: checkpointId } = desk.checkpoint;
  await writeAudit(tx, {
    provinceCode,
    actorId: desk.accountId,
    role: 'OFFICER',
    unitId: desk.unitId,
    action: 'declaration.record',
    subjectKind: 'declaration',
    subjectIds: [row.id],
    checkpointId,
    detail: {
      channel: row.channel,
      passages,
      ...elsewhere(provinceCode, [{ id: row.id, provinceCode: row.province_code }]),
    },
  });
}
