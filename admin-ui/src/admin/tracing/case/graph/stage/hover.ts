import type { NodeHoverDrawingFunction } from 'sigma/rendering';
import type { Palette } from '../graph-look.ts';
import { besideOf } from './label.ts';
import type { LinkMark, PersonMark } from './marks.ts';

/** Who is pointed at, or reached by the keyboard: a ring, and the name on a ground of its own. */
export const hoverOf =
  (palette: Palette): NodeHoverDrawingFunction<PersonMark, LinkMark> =>
  (context, { x, y, size, label }, { labelSize, labelFont, labelWeight }) => {
    context.beginPath();
    context.arc(x, y, size + 5, 0, Math.PI * 2);
    context.lineWidth = 3;
    context.strokeStyle = palette.ink;
    context.stroke();
    if (!label) return;
    context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    const width = context.measureText(label).width + 12;
    const left = besideOf(x, size + 9, width, context.canvas.clientWidth);
    context.fillStyle = palette.paper;
    context.lineWidth = 1;
    context.beginPath();
    context.rect(left, y - labelSize, width, labelSize * 2);
    context.fill();
    context.stroke();
    context.fillStyle = palette.ink;
    context.fillText(label, left + 6, y + labelSize / 3);
  };
