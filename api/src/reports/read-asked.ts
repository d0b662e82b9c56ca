import { DAY_MS } from '../platform/shared/instant.ts';
import { badInput } from '../platform/graphql/problems.ts';
import type { Scope } from '../policy/policy.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import type { MovementFilter } from './movement-filter.input.ts';
import { isJourneyKind, type ReportGroup } from './report-group.ts';
import type { Span } from './movement.queries.ts';

/** What of the jurisdiction a report is of: its rows, the unit that was named or the viewer's own, and the checkpoints that were chosen. */
export interface ReportScope {
  scope: Scope;
  unit: AdministrativeUnit;
  unitCode: string | null;
  checkpointIds: readonly string[] | null;
}

export interface Asked {
  span: Span;
  groups: readonly ReportGroup[];
  filter: MovementFilter;
}

export const daysIn = ({ from, to }: Span): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

/** How many days are read at most, counted once for each province: about a second's worth. */
const mostDays = { byDay: 24_000, byHour: 1_100 };

const texts = {
  to: { vi: 'Ngày cuối phải bằng hoặc sau ngày đầu.', en: 'The last day is the first one or later.' },
  twice: { vi: 'Mỗi cách nhóm chỉ dùng một lần.', en: 'Each group stands once.' },
  journeys: {
    vi: 'Chỉ nhóm theo một trong ba: nơi đi, nơi đến, mục đích.',
    en: 'Group by one of ORIGIN, DESTINATION and PURPOSE only.',
  },
  together: {
    vi: 'Nơi đi, nơi đến và mục đích không đếm cùng với giờ hay cách khai báo.',
    en: 'ORIGIN, DESTINATION and PURPOSE are counted neither with HOUR nor by channel.',
  },
  long: {
    vi: 'Khoảng thời gian quá dài cho phạm vi này. Hãy chọn ít ngày hơn hoặc một tỉnh.',
    en: 'Too many days for this scope. Choose fewer days, or one province.',
  },
};

/** Refuses what the rollups cannot answer, and what would take too long. */
export function checkAsked({ span, groups, filter }: Asked, { provinces }: Scope): void {
  if (span.to < span.from) throw badInput({ to: texts.to });
  if (new Set(groups).size < groups.length) throw badInput({ groupBy: texts.twice });
  const journeys = groups.filter(isJourneyKind).length;
  if (journeys > 1) throw badInput({ groupBy: texts.journeys });
  if (journeys > 0 && (groups.includes('HOUR') || groups.includes('CHANNEL')))
    throw badInput({ groupBy: texts.together });
  if (journeys > 0 && filter.channel) throw badInput({ 'filter.channel': texts.together });
  const most = groups.includes('HOUR') ? mostDays.byHour : mostDays.byDay;
  if (daysIn(span) * Math.max(1, provinces.length) > most) throw badInput({ from: texts.long });
}
