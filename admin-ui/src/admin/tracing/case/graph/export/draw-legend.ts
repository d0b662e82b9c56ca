import { t } from '../../../../texts.ts';
import { colourOf, forms, lines, outlines, strokeDash, type LinkLook, type Palette } from '../graph-look.ts';
import type { Point } from '../lay-out.ts';

const ROW = 30;
const MARK = 8;

/** What colours, forms and lines of a picture say: a row each. */
export function drawLegend(context: CanvasRenderingContext2D, palette: Palette, { x: left, y: top }: Point): void {
  context.font = '17px "Be Vietnam Pro", sans-serif';
  let x = left;
  const name = (text: string, y: number) => {
    context.fillStyle = palette.ink;
    context.fillText(text, x, y + 6);
    x += context.measureText(text).width + 32;
  };
  const shape = (path: string, colour: string, y: number) => {
    context.save();
    context.translate(x + MARK, y);
    context.scale(MARK, MARK);
    context.fillStyle = colour;
    context.fill(new Path2D(path), 'evenodd');
    context.restore();
    x += MARK * 2 + 8;
  };
  palette.generations.forEach((_, generation) => {
    shape(outlines.WAITING, colourOf(generation, palette), top);
    name(`F${generation}`, top);
  });
  x = left;
  for (const form of forms) {
    shape(outlines[form], palette.ink, top + ROW);
    name(t(`graph.form.${form}`), top + ROW);
  }
  x = left;
  for (const look of Object.keys(lines) as LinkLook[]) {
    const { width, dash } = lines[look];
    context.strokeStyle = palette.link;
    context.lineWidth = width;
    context.setLineDash(strokeDash(dash));
    context.beginPath();
    context.moveTo(x, top + 2 * ROW);
    context.lineTo(x + 44, top + 2 * ROW);
    context.stroke();
    x += 52;
    name(look === 'DISMISSED' ? t('contacts.dismissed') : t(`contacts.choices.kind.${look}`), top + 2 * ROW);
  }
  context.setLineDash([]);
}
