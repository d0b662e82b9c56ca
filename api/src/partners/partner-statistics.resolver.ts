import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { coversUnit, permit, signedIn, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { lastClosedDay } from './close-days.service.ts';
import { PartnerStatistics } from './partner-statistics.entity.ts';
import { cellsBetween, type CellRow } from './partner-statistics.queries.ts';

const mostDays = 31;

@Resolver()
export class PartnerStatisticsResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => PartnerStatistics, {
    description:
      'Passages by day, district and direction within the unit of the app, rounded to five once a cell and the same for every app. For partner apps with statistics:read.',
  })
  async partnerStatistics(
    @Ctx() context: Context,
    @Arg('from', () => LocalDate, { description: 'The first day.' }) from: string,
    @Arg('to', () => LocalDate, { description: 'The last day: 31 days at most.' }) to: string,
    @Arg('unitCode', () => String, {
      nullable: true,
      description:
        'Only this unit and those below it: its code of today, or its id, also of one that is gone. A national app names a province.',
    })
    unitCode: string | null,
  ): Promise<PartnerStatistics> {
    const scope = this.#narrowed(context, permit(context, 'statistics.read'), unitCode);
    checkDays(from, to);
    const rows = await cellsBetween(await context.transaction(), scope, from, to);
    const detail = { from, to, ...(unitCode ? { unitCode } : {}), cells: rows.length };
    context.trail.saw({ action: 'statistics.read', role: 'PARTNER', declarations: [], always: true, detail });
    return Object.assign(new PartnerStatistics(), {
      cells: rows.map((row) => this.#cellOf(row)),
      total: rows.reduce((sum, { passages }) => sum + passages, 0),
      closedTo: lastClosedDay(context.at),
    });
  }

  #cellOf({ day, unit_id, direction, passages }: CellRow) {
    return { day, unit: this.#parts.territory.byId(unit_id), direction, passages };
  }

  /** A scope only ever gets narrower. A province that was merged reaches several codes, and is one province all the same. */
  #narrowed(context: Context, scope: Scope, unitCode: string | null): Scope {
    const { territory } = this.#parts;
    const { isNation } = signedIn(context).jurisdiction;
    if (unitCode === null && isNation) throw badInput({ unitCode: texts.province });
    if (unitCode === null) return scope;
    const unit = territory.named(unitCode);
    if (!unit || !coversUnit(scope, unit)) throw badInput({ unitCode: texts.outside });
    if (unit.level === 'NATION') throw badInput({ unitCode: texts.province });
    return narrowScope(scope, { unitCode }, territory);
  }
}

const texts = {
  province: { vi: 'Hãy chọn một tỉnh.', en: 'Name a province.' },
  outside: { vi: 'Không có đơn vị này trong địa bàn của ứng dụng.', en: 'No such unit within the area of the app.' },
  days: { vi: `Từ 1 đến ${mostDays} ngày.`, en: `From 1 to ${mostDays} days.` },
};

function checkDays(from: string, to: string): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days < 1 || days > mostDays) throw badInput({ to: texts.days });
}
