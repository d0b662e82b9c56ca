import { idNumberWarnings, readIdNumber } from '#api/people/shared/id-number.ts';
import { readBirthDate } from '#api/people/shared/birth-date.ts';
import { uuid7Time } from '#api/platform/shared/uuid7.ts';
import type { DeclarationDraft } from './declaration-draft.ts';
import { at, isBlank, type CheckContext, type FieldProblemCode, type ProblemCode } from './field-problems.ts';
import { readFormNumber } from './form-number.ts';
import { checkHealth } from './health-checks.ts';
import { DAY_MS, HOUR_MS } from '#api/platform/shared/instant.ts';
import { checkJourney } from './journey-checks.ts';
import { checkPerson } from './person-checks.ts';
import { checkAddress, provinceOf } from './place-checks.ts';
import { readReceiptSecret } from './receipt-secret.ts';

export type { DeclarationDraft } from './declaration-draft.ts';
export type { CheckContext, FieldProblemCode, UnitFacts } from './field-problems.ts';
export { normaliseDeclaration } from './normalise-declaration.ts';

const MOST_COMPANIONS = 50;
const CLOCK_AHEAD_MS = HOUR_MS;
const CLOCK_BEHIND_MS = 14 * DAY_MS;

/** The rules of the form: said beside a field as it is left, and repeated by the server. Paths are the contract's. */
export function checkDeclaration(input: DeclarationDraft, context: CheckContext): FieldProblemCode[] {
  return [
    ...at('id', idProblem(input.id, context)),
    ...at('receiptSecret', receiptSecretProblem(input, context)),
    ...at('paperFormNumber', formNumberProblem(input, context)),
    ...checkPerson(input.person ?? {}, context),
    ...checkJourney(input.journey ?? {}, context),
    ...checkHealth(input.health ?? {}, context),
    ...checkAddress('stayAddress', input.stayAddress, false, context),
  ];
}

function idProblem(id: string | null | undefined, context: CheckContext): ProblemCode | null {
  if (isBlank(id)) return 'REQUIRED';
  const madeAt = uuid7Time(id);
  if (madeAt === null) return 'ID';
  const aheadMs = madeAt - context.now.getTime();
  return context.checkClock && (aheadMs > CLOCK_AHEAD_MS || aheadMs < -CLOCK_BEHIND_MS) ? 'CLOCK' : null;
}

// Its province leads a receipt's look-up to one shard: that of the destination, where the declaration is kept.
function receiptSecretProblem(input: DeclarationDraft, context: CheckContext): ProblemCode | null {
  // Nobody is by to help with it later: without the secret the person could not see who looked.
  const alone = context.channel === 'ONLINE' || context.channel === 'PARTNER';
  if (isBlank(input.receiptSecret)) return alone ? 'REQUIRED' : null;
  const read = readReceiptSecret(input.receiptSecret);
  if (read === null) return 'RECEIPT_SECRET';
  const province = provinceOf(input.journey?.destinationCode, context);
  return province === undefined || province === read.provinceCode ? null : 'WRONG_PROVINCE';
}

function formNumberProblem({ paperFormNumber }: DeclarationDraft, { channel }: CheckContext): ProblemCode | null {
  if (isBlank(paperFormNumber)) return null;
  if (channel !== 'PAPER') return 'PAPER_ONLY';
  return readFormNumber(paperFormNumber) === null ? 'FORM_NUMBER' : null;
}

export type SubmissionCheck =
  | { ok: true }
  | { ok: false; code: 'EMPTY' | 'TOO_MANY' }
  | { ok: false; code: 'INVALID'; problems: FieldProblemCode[][] };

/** The rules for what is sent together, companions of the first: `problems` has one list each, in input order. */
export function checkSubmission(inputs: readonly DeclarationDraft[], context: CheckContext): SubmissionCheck {
  if (inputs.length === 0) return { ok: false, code: 'EMPTY' };
  if (inputs.length > MOST_COMPANIONS) return { ok: false, code: 'TOO_MANY' };
  const problems = inputs.map((input, index) => [
    ...checkDeclaration(input, context),
    ...checkAgainstCompanions(input, inputs.slice(0, index), context),
  ]);
  return problems.every((found) => found.length === 0) ? { ok: true } : { ok: false, code: 'INVALID', problems };
}

function checkAgainstCompanions(
  input: DeclarationDraft,
  earlier: readonly DeclarationDraft[],
  context: CheckContext,
): FieldProblemCode[] {
  const again = (field: 'id' | 'receiptSecret') =>
    !isBlank(input[field]) && earlier.some((companion) => companion[field] === input[field]);
  const [first] = earlier;
  const province = provinceOf(input.journey?.destinationCode, context);
  const provinceOfFirst = first && provinceOf(first.journey?.destinationCode, context);
  const elsewhere = province !== undefined && provinceOfFirst !== undefined && province !== provinceOfFirst;
  return [
    ...at('id', again('id') ? 'DUPLICATE' : null),
    ...at('receiptSecret', again('receiptSecret') ? 'DUPLICATE' : null),
    ...at('journey.destinationCode', elsewhere ? 'OTHER_PROVINCE' : null),
  ];
}

/** What looks wrong but may be true: the officer sees it, nobody is stopped by it. */
export function warningsOf(input: DeclarationDraft): FieldProblemCode[] {
  const { idNumber, sex, dateOfBirth } = input.person ?? {};
  const number = readIdNumber(idNumber ?? '');
  const born = readBirthDate(dateOfBirth ?? '');
  if (number === null || born === null || isBlank(sex)) return [];
  return idNumberWarnings(number, { sex, dateOfBirth: born }).map((code) => ({ path: 'person.idNumber', code }));
}
