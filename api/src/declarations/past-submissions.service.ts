import type { Keys } from '../platform/crypto/keys.ts';
import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import type { Database } from '../platform/database/database.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { prepareDeclaration } from './prepare-declaration.ts';
import { contentHash, readSubmission, storePrepared, type Submission } from './submit-declarations.ts';
import type { CompleteDeclaration } from './shared/declaration-draft.ts';

export type { Submission } from './submit-declarations.ts';

interface Read {
  input: CompleteDeclaration;
  row: DeclarationRow;
}

/**
 * Stores submissions of one province that happened before, each as of its own moment, in one transaction: a week of a
 * province takes a second or two, where one submission after the other takes eight. All must be right and new.
 */
export async function storePastSubmissions(
  parts: { database: Database; keys: Keys; territory: Territory },
  province: string,
  submissions: readonly Submission[],
): Promise<DeclarationRow[]> {
  const all = submissions.flatMap((submission) => readOne(parts, province, submission));
  const at = submissions[0]?.at ?? new Date();
  const [inputs, prepared] = [all.map(({ input }) => input), all.map(({ row }) => row)];
  return inTransaction(parts.database, wholeProvinces([province]), (tx) =>
    storePrepared(tx, parts.keys, { province, at, inputs, prepared }),
  );
}

function readOne(parts: { keys: Keys; territory: Territory }, province: string, submission: Submission): Read[] {
  const { inputs, check } = readSubmission(parts.territory, submission);
  if (!check.ok) throw new Error(`A submission would be refused: ${JSON.stringify(check)}`);
  const shared = {
    channel: submission.channel,
    at: submission.at,
    province,
    submissionId: inputs[0]?.id ?? '',
    recordedBy: null,
  };
  return inputs.map((input) => {
    const row = prepareDeclaration(parts, { ...shared, input, contentHash: contentHash(parts.keys, input) });
    return { input, row };
  });
}
