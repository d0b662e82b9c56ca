import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { signedLink } from '../../platform/crypto/signed-link.ts';
import type { Keys } from '../../platform/crypto/keys.ts';
import { signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { DailyReport } from '../daily-report.entity.ts';
import { namedReport, reportPurpose, type ReportFormat } from './named-report.ts';

const link =
  'A link that is good for five minutes, and only with the session of the account that asked; each fetching is entered in the audit trail.';

/** Where the files of a daily report are fetched. */
@Resolver(() => DailyReport)
export class ReportLinkFields {
  readonly #parts: { keys: Keys };

  constructor(parts: { keys: Keys }) {
    this.#parts = parts;
  }

  @FieldResolver(() => String, { description: `The report as a workbook, in Vietnamese. ${link}` })
  xlsxUrl(@Root() report: DailyReport, @Ctx() context: Context): string {
    return this.#linkOf(report, context, 'xlsx');
  }

  @FieldResolver(() => String, {
    description: `The report as an official paper to sign, in Vietnamese, as PDF. ${link}`,
  })
  pdfUrl(@Root() report: DailyReport, @Ctx() context: Context): string {
    return this.#linkOf(report, context, 'pdf');
  }

  #linkOf({ unit, date, final }: DailyReport, context: Context, format: ReportFormat): string {
    const what = namedReport({ unitId: unit.id, day: date, kept: final, format });
    const { accountId } = signedIn(context);
    return `/reports/daily/${signedLink(this.#parts.keys, reportPurpose, what, accountId, context.at)}`;
  }
}
