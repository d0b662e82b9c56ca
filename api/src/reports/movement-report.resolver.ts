import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { ScopeInput } from '../checkpoints/scope-input.entity.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { MovementFilter } from './movement-filter.input.ts';
import { MovementReport } from './movement-report.entity.ts';
import { movementReport, type ReportScope } from './movement-report.service.ts';
import { ReportGroup } from './report-group.ts';

@Resolver()
export class MovementReportResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => MovementReport, {
    description:
      'Passages of the checkpoints in your jurisdiction, counted. From rollups that stay when the passages themselves are dropped, and that follow each passage, correction and form keyed in within seconds.',
  })
  async movementReport(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, {
      nullable: true,
      description: 'A part of your jurisdiction; all of it when absent.',
    })
    part: ScopeInput | null,
    @Arg('from', () => LocalDate, { description: 'The first day.' }) from: string,
    @Arg('to', () => LocalDate, {
      description:
        'The last day. At most 24,000 days, by HOUR 1,100, each counted once for every province: of one province sixty years, or three by the hour.',
    })
    to: string,
    @Arg('groupBy', () => [ReportGroup], { description: 'By what; none: the total alone.' })
    groupBy: ReportGroup[],
    @Arg('filter', () => MovementFilter, { nullable: true, description: 'Only some passages; all when absent.' })
    filter: MovementFilter | null,
  ): Promise<MovementReport> {
    const { territory } = this.#parts;
    const of = reportScope(context, territory, part);
    const asked = { span: { from, to }, groups: groupBy, filter: filter ?? {} };
    return movementReport(await context.transaction(), territory, of, asked, context.at);
  }
}

/** What a viewer asks for of the reports that the own jurisdiction reaches. */
function reportScope(context: Context, territory: Territory, part: ScopeInput | null): ReportScope {
  const scope = narrowScope(permit(context, 'report.read'), part, territory);
  const own = territory.byId(signedIn(context).jurisdiction.unitId);
  const unitCode = part?.unitCode ?? null;
  const unit = (unitCode ? territory.named(unitCode) : undefined) ?? own;
  return { scope, unit, unitCode: unitCode && unit.id, checkpointIds: part?.checkpointIds ?? null };
}
