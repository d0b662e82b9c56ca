import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { FileContent } from '../../platform/graphql/file-scalar.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { readList } from '../../platform/spreadsheet/read-list.ts';
import { unreadable } from '../../platform/spreadsheet/unreadable-spreadsheet.entity.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { AccountImport, AccountImportResult, AccountImportRow, ImportedAccount } from './account-import.entity.ts';
import { checkRows, type CheckedRow } from './check-rows.ts';
import { accountList } from './import-columns.ts';
import { fileProblemTexts, rowProblemTexts } from './import.problems.ts';

@Resolver()
export class AccountImportResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => AccountImportResult, {
    description:
      'Reads a spreadsheet of people and tells what creating their accounts would answer, row by row; writes nothing. Columns by their heads, in Vietnamese or English: name, user name, roles, unit, checkpoints.',
  })
  async accountImport(
    @Ctx() context: Context,
    @Arg('file', () => FileContent, { description: 'An XLSX file, or CSV in UTF-8.' })
    file: Buffer,
  ): Promise<typeof AccountImportResult> {
    const scope = permit(context, 'account.create');
    // No transaction is held while a file of somebody's making is read.
    const list = await readList(file, accountList);
    if ('problem' in list) return unreadable(list.problem, fileProblemTexts, context.locale);
    const by = { viewer: signedIn(context), scope, territory: this.#parts.territory, at: context.at };
    const checked = await checkRows(await context.transaction(), by, list.rows);
    return Object.assign(new AccountImport(), { rows: checked.map((one) => toRow(one, context.locale)) });
  }
}

function toRow({ row, draft, problems }: CheckedRow, locale: Locale): AccountImportRow {
  const { number, ...cells } = row;
  const told = problems.map((problem) => ({
    path: problem.path,
    code: problem.code,
    message: rowProblemTexts(problem)[locale],
  }));
  const account = draft && Object.assign(new ImportedAccount(), draft);
  return Object.assign(new AccountImportRow(), { row: number, ...cells, account, problems: told });
}
