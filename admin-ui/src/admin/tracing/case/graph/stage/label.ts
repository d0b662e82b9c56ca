import type { NodeLabelDrawingFunction } from 'sigma/rendering';
import type { Palette } from '../graph-look.ts';
import type { LinkMark, PersonMark } from './marks.ts';

/** Where a text of this width begins: right of somebody, or left of them where it would be cut at the edge. */
export const besideOf = (x: number, gap: number, width: number, edge: number): number =>
  x + gap + width > edge && x - gap - width >= 0 ? x - gap - width : x + gap;

/** The name beside somebody; whose ring is drawn has it on a ground of its own: see hover.ts. */
export const labelOf =
  (palette: Palette): NodeLabelDrawingFunction<PersonMark, LinkMark> =>
  (context, { x, y, size, label, highlighted }, { labelSize, labelFont, labelWeight }) => {
    if (!label || highlighted) return;
    context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    const { width } = context.measureText(label);
    const place = [besideOf(x, size + 3, width, context.canvas.clientWidth), y + labelSize / 3] as const;
    // Links may lie behind: the name keeps clear of them.
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = palette.paper;
    context.strokeText(label, ...place);
    context.fillStyle = palette.ink;
    context.fillText(label, ...place);
  };
