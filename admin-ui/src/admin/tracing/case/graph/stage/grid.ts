import { DAY_MS } from '#api/platform/shared/instant.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { addDays, formatDay, startOfDay } from '../../../../days.ts';
import { formatNumber } from '../../../../moments.ts';
import { t } from '../../../../texts.ts';
import type { Palette } from '../graph-look.ts';
import { xOf, type Layout, type Point } from '../lay-out.ts';

const DAY_PIXELS = 96;

/** What stands behind a graph: a strip for each generation, and a line for each midnight in Viet Nam that there is room for. */
export function drawGrid(
  context: CanvasRenderingContext2D,
  layout: Layout,
  palette: Palette,
  { project, left, bottom }: { project: (point: Point) => Point; left: number; bottom: number },
): void {
  context.font = '600 13px "Be Vietnam Pro", sans-serif';
  context.fillStyle = palette.ink;
  context.strokeStyle = palette.grid;
  context.lineWidth = 1;
  const end = project({ x: layout.width, y: layout.height });
  for (const { generation, count, top } of layout.lanes.slice(1)) {
    const corner = project({ x: 0, y: top });
    line(context, corner, { x: end.x, y: corner.y });
    context.fillText(t('graph.lane', { generation, count, shown: formatNumber(count) }), left, corner.y - 4);
  }
  const days = (layout.to - layout.from) / DAY_MS;
  const most = (end.x - project({ x: 0, y: 0 }).x) / DAY_PIXELS;
  for (const day of midnights(layout, Math.max(1, Math.ceil(days / most)))) {
    const head = project({ x: xOf(day, layout), y: 0 });
    line(context, head, { x: head.x, y: bottom });
    context.fillText(formatDay(vietnamDate(new Date(day))), head.x + 4, bottom);
  }
}

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** The midnights between the first and the last exposure, each so many days. */
function midnights({ from, to }: Pick<Layout, 'from' | 'to'>, step: number): number[] {
  const first = Date.parse(startOfDay(addDays(vietnamDate(new Date(from - 1)), 1)));
  const count = Math.max(0, Math.floor((to - first) / (step * DAY_MS)) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step * DAY_MS);
}
