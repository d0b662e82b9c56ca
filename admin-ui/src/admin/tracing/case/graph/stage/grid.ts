import { DAY_MS } from '#api/platform/shared/instant.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { addDays, formatDay, startOfDay } from '../../../../days.ts';
import { formatNumber } from '../../../../moments.ts';
import { t } from '../../../../texts.ts';
import type { Palette } from '../graph-look.ts';
import { xOf, type Layout, type Point } from '../lay-out.ts';

const DAY_PIXELS = 96;
const TEXT = 13;

/** Where a graph lies on what it is drawn on: captions begin at the left, days stand at the bottom. */
export interface Ground {
  layout: Layout;
  palette: Palette;
  project: (point: Point) => Point;
  left: number;
  right: number;
  bottom: number;
}

/** What stands behind a graph: the edge of each generation's strip, and a line for each midnight in Viet Nam that there is room for. */
export function drawGrid(context: CanvasRenderingContext2D, ground: Ground): void {
  const { layout, palette, project, bottom } = ground;
  context.strokeStyle = palette.grid;
  context.lineWidth = 1;
  const { x: end } = project({ x: layout.width, y: 0 });
  for (const { top } of layout.lanes.slice(1)) {
    const corner = project({ x: 0, y: top });
    line(context, corner, { x: end, y: corner.y });
  }
  for (const { x } of midnights(ground)) line(context, { x, y: project({ x: 0, y: 0 }).y }, { x, y: bottom });
}

/** What strips and days are called, each on a ground of its own: drawn over people and links, so that none lies over it. */
export function drawCaptions(context: CanvasRenderingContext2D, ground: Ground): void {
  const { layout, palette, project, left, right, bottom } = ground;
  context.font = `600 ${TEXT}px "Be Vietnam Pro", sans-serif`;
  const caption = (text: string, x: number, y: number) => {
    const { width } = context.measureText(text);
    // One that would be cut is left out.
    if (x + width > right) return;
    context.fillStyle = palette.paper;
    context.fillRect(x - 2, y - TEXT + 1, width + 4, TEXT + 1);
    context.fillStyle = palette.ink;
    context.fillText(text, x, y);
  };
  for (const { generation, count, top } of layout.lanes.slice(1)) {
    const text = t('graph.lane', { generation, count, shown: formatNumber(count) });
    caption(text, left, project({ x: 0, y: top }).y - 8);
  }
  for (const { x, day } of midnights(ground)) caption(formatDay(day), x + 4, bottom);
}

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** Where the midnights between the first and the last exposure are, as many as there is room for. */
function midnights({ layout, project }: Ground): Array<{ x: number; day: string }> {
  const { from, to, width } = layout;
  const most = (project({ x: width, y: 0 }).x - project({ x: 0, y: 0 }).x) / DAY_PIXELS;
  const step = Math.max(1, Math.ceil((to - from) / DAY_MS / most)) * DAY_MS;
  const first = Date.parse(startOfDay(addDays(vietnamDate(new Date(from - 1)), 1)));
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => {
    const at = first + index * step;
    return { x: project({ x: xOf(at, layout), y: 0 }).x, day: vietnamDate(new Date(at)) };
  });
}
