import { formatNumber } from '../../../../moments.ts';
import { t } from '../../../../texts.ts';
import {
  colourOf,
  formOf,
  forms,
  lines,
  lookOf,
  outlines,
  palettes,
  radiusOf,
  strokeDash,
  type Form,
} from '../graph-look.ts';
import { layOut, type Point } from '../lay-out.ts';
import { isShown } from '../shown.ts';
import { drawCaptions, drawGrid } from '../stage/grid.ts';
import type { FileContent } from './file-content.ts';
import { drawLegend } from './draw-legend.ts';

const WIDTH = 2000;
const MARGIN = 60;
const HEAD = 90;
const FOOT = 130;
const MOST_NAMES = 150;
const NAME_WIDTH = 260;
const palette = palettes.light;

/** The graph as a picture on white, whole, with its legend and when it was made. */
export function drawPicture(content: FileContent, madeAt: string): HTMLCanvasElement {
  const { person, contacts, shown } = content;
  const layout = layOut(person.id, contacts);
  const scale = (WIDTH - 2 * MARGIN) / layout.width;
  const height = Math.round(HEAD + layout.height * scale + FOOT);
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures.');
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, WIDTH, height);
  context.fillStyle = palette.ink;
  context.font = '600 28px "Be Vietnam Pro", sans-serif';
  context.fillText(t('graph.title', { name: person.fullName }), MARGIN, 40);
  context.font = '20px "Be Vietnam Pro", sans-serif';
  const count = shown.found.size;
  context.fillText(t('graph.made', { count, shown: formatNumber(count), when: madeAt }), MARGIN, 68);

  const project = ({ x, y }: Point): Point => ({ x: MARGIN + x * scale, y: HEAD + y * scale });
  const ground = { layout, palette, project, left: 8, right: WIDTH, bottom: height - FOOT + 10 };
  drawGrid(context, ground);
  const placeOf = (id: string) => project(layout.places.get(id) ?? { x: 0, y: 0 });
  drawLinks(context, content, placeOf);
  drawPeople(context, content, placeOf);
  drawCaptions(context, ground);
  drawLegend(context, palette, { x: MARGIN, y: height - FOOT + 40 });
  return canvas;
}

function drawLinks(context: CanvasRenderingContext2D, { shown }: FileContent, placeOf: (id: string) => Point): void {
  context.strokeStyle = palette.link;
  for (const [link, target] of shown.links) {
    const { width, dash } = lines[lookOf(link)];
    const [from, to] = [placeOf(link.source), placeOf(target)];
    context.lineWidth = shown.links.size > 2_000 ? width * 0.4 : width;
    context.setLineDash(strokeDash(dash));
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  }
  context.setLineDash([]);
}

function drawPeople(
  context: CanvasRenderingContext2D,
  { person, contacts, shown }: FileContent,
  placeOf: (id: string) => Point,
): void {
  const paths = new Map(forms.map((form) => [form, new Path2D(outlines[form])]));
  function mark(id: string, generation: number, form: Form, name: string | null): void {
    const { x, y } = placeOf(id);
    const radius = radiusOf(generation, contacts.length) * (id === person.id || shown.found.has(id) ? 1 : 0.6);
    context.save();
    context.translate(x, y);
    context.scale(radius, radius);
    context.fillStyle = colourOf(generation, palette);
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.5 / radius;
    context.fill(paths.get(form) ?? new Path2D(), 'evenodd');
    context.stroke(paths.get(form) ?? new Path2D());
    context.restore();
    context.fillStyle = palette.ink;
    const isAtEdge = x > WIDTH - NAME_WIDTH;
    context.textAlign = isAtEdge ? 'right' : 'left';
    if (name !== null) context.fillText(`F${generation} ${name}`, x + (radius + 5) * (isAtEdge ? -1 : 1), y + 5);
  }
  context.font = '15px "Be Vietnam Pro", sans-serif';
  const isNamed = shown.found.size <= MOST_NAMES;
  for (const contact of contacts)
    if (isShown(shown, contact.id))
      mark(contact.id, contact.generation, formOf(contact), isNamed ? contact.citizen.fullName : null);
  mark(person.id, 0, 'CASE', person.fullName);
  context.textAlign = 'left';
}
