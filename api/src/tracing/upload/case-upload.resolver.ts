import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { badInput } from '../../platform/graphql/problems.ts';
import { FileContent } from '../../platform/graphql/file-scalar.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { readReason, reasonText } from '../../platform/graphql/read-reason.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { readList } from '../../platform/spreadsheet/read-list.ts';
import { unreadable } from '../../platform/spreadsheet/unreadable-spreadsheet.entity.ts';
import { maskNumber } from '../../policy/masking.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Parts } from '../../declarations/declarations.service.ts';
import { Case } from '../case.entity.ts';
import { notV7Text } from '../case.problems.ts';
import { CaseUpload, CaseUploadResult, CaseUploadRow } from './case-upload.entity.ts';
import { caseList } from './case-columns.ts';
import { uploadCases, type Verdict } from './upload-cases.ts';
import { caseFileTexts, rowProblemTexts } from './upload.problems.ts';

/** The day's list of cases. */
@Resolver()
export class CaseUploadResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Mutation(() => CaseUploadResult, {
    description:
      'Opens a case for each row of a spreadsheet that names one person of your jurisdiction by ID number, with all that openCase does, and tells of each row what became of it. Columns by their heads, in Vietnamese or English: ID number; name, status, onset, sampled, confirmed as far as known. Sent again under its id it opens nothing twice. Audited.',
  })
  async uploadCases(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'UUIDv7 made by the client for this list.' }) id: string,
    @Arg('file', () => FileContent, { description: 'An XLSX file, or CSV in UTF-8.' }) file: Buffer,
    @Arg('justification', () => String, { description: reasonText }) justification: string,
  ): Promise<typeof CaseUploadResult> {
    const scope = permit(context, 'case.open');
    if (uuid7Time(id) === null) throw badInput({ id: notV7Text });
    const upload = { id, justification: readReason(justification) };
    // No transaction is held while a file of somebody's making is read.
    const list = await readList(file, caseList);
    if ('problem' in list) return unreadable(list.problem, caseFileTexts, context.locale);
    const { keys, territory } = this.#parts;
    const opening = { viewer: signedIn(context), scope, territory, at: context.at };
    const verdicts = await uploadCases(await context.transaction(), opening, keys, upload, list.rows);
    return Object.assign(new CaseUpload(), {
      rows: verdicts.map((verdict) => toRow(verdict, context.locale)),
      opened: verdicts.filter(({ verdict }) => verdict === 'OPENED').length,
    });
  }
}

function toRow({ cells, verdict, problem, row }: Verdict, locale: Locale): CaseUploadRow {
  const digits = cells.idNumber.replace(/\D/g, '');
  return Object.assign(new CaseUploadRow(), {
    row: cells.number,
    fullName: cells.fullName,
    documentMasked: digits === '' ? null : maskNumber(digits),
    verdict,
    message: problem && rowProblemTexts(problem)[locale],
    case: row && new Case(row, true),
  });
}
