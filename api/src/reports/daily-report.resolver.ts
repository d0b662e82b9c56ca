import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { notFound } from '../platform/graphql/problems.ts';
import { coversUnit, permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import { DailyReport } from './daily-report.entity.ts';
import { dailyReport } from './daily-report.service.ts';

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
    const unit = unitInReach(context, this.#parts.territory, unitCode, date);
    const tx = await context.transaction();
    return dailyReport(tx, this.#parts.territory, { unit, day: date, at: context.at, kept });
  }
}

/** The unit that is meant, where the viewer reads reports of all of it. */
function unitInReach(context: Context, territory: Territory, code: string, day: string): AdministrativeUnit {
  const scope = permit(context, 'report.read');
  const unit = code.includes('@') ? territory.find(code) : territory.byCode(code, day);
  const { isNation } = signedIn(context).jurisdiction;
  const covered = unit?.level === 'NATION' ? isNation : unit && coversUnit(scope, unit);
  if (!unit || !covered) throw notFound();
  return unit;
}
