import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { notFound } from '../platform/graphql/problems.ts';
import { permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { DailyReport } from './daily-report.entity.ts';
import { dailyReport } from './daily-report.service.ts';
import { unitInReach } from './unit-in-reach.ts';

@Resolver()
export class DailyReportResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => DailyReport, {
    description: 'The report of a unit in your jurisdiction on a day; NOT_FOUND for any other unit.',
  })
  async dailyReport(
    @Ctx() context: Context,
    @Arg('unitCode', () => String, {
      description: 'The unit: its code as of that day, or its id.',
    })
    unitCode: string,
    @Arg('date', () => LocalDate, { description: 'The day.' }) date: string,
    @Arg('kept', () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: 'False: the day as it stands, also where a report was made and kept.',
    })
    kept: boolean,
  ): Promise<DailyReport> {
    permit(context, 'report.read');
    const unit = unitInReach(signedIn(context), this.#parts.territory, unitCode, date);
    if (!unit) throw notFound();
    const tx = await context.transaction();
    return dailyReport(tx, this.#parts.territory, { unit, day: date, at: context.at, kept });
  }
}
