import { wholeProvinces } from '../platform/database/transaction.ts';
import { coversUnit, permit, signedIn, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { sawForApp, type Parts } from './declarations.service.ts';
import type { FieldProblemCode } from './shared/declaration-checks.ts';
import type { CompleteDeclaration } from './shared/declaration-draft.ts';
import {
  readSubmission,
  refusalOf,
  submitDeclarations,
  type Submission,
  type SubmissionOutcome,
} from './submit-declarations.ts';

/**
 * A partner app submits for its user: without the public form's toll, since it has a budget, and to its own units only. It is
 * written as from the public form; what is read of it is read in the app's own scope again.
 */
export async function submitForApp(
  parts: Parts,
  context: Context,
  input: CompleteDeclaration[],
): Promise<SubmissionOutcome> {
  const scope = permit(context, 'declaration.submit');
  const { accountId, rowScope } = signedIn(context);
  const submission: Submission = { channel: 'PARTNER', at: context.at, inputs: input, recordedBy: accountId };
  const { province, check, inputs, day } = readSubmission(parts.territory, submission);
  if (!check.ok) return refusalOf(check);
  const astray = inputs.map((one) => placeProblems(one, scope, parts.territory, day));
  if (astray.some((problems) => problems.length > 0)) return { kind: 'INVALID', problems: astray };
  const tx = await context.transaction(wholeProvinces([province]));
  const outcome = await submitDeclarations(tx, parts, submission, null);
  await context.transactions.changeScope(rowScope);
  if (outcome.kind === 'STORED') sawForApp(context, 'declaration.submit', outcome.rows);
  return outcome;
}

function placeProblems(
  { journey }: CompleteDeclaration,
  scope: Scope,
  territory: Territory,
  day: string,
): FieldProblemCode[] {
  const unit = territory.byCode(journey.destinationAddress.unitCode, day);
  if (unit && coversUnit(scope, unit)) return [];
  return [{ path: 'journey.destinationAddress.unitCode', code: 'OUTSIDE_APP' }];
}
