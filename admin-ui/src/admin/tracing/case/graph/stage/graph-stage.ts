import { MultiDirectedGraph } from 'graphology';
import Sigma from 'sigma';
import type { Link } from '../../contacts.ts';
import type { Palette } from '../graph-look.ts';
import type { Point } from '../lay-out.ts';
import { changedBetween, type Shown } from '../shown.ts';
import { DashProgram } from './dash-program.ts';
import { FormProgram } from './form-program.ts';
import { drawCaptions, drawGrid } from './grid.ts';
import { hoverOf } from './hover.ts';
import { labelOf } from './label.ts';
import { seenMark, type LinkMark, type PersonMark } from './marks.ts';
import { wholeGraph, type GraphParts, type WholeGraph } from './whole-graph.ts';

export interface Picture extends GraphParts {
  shown: Shown;
}
/** What a pointer does. */
export interface Pointing {
  /** Null: nobody, or nothing, any more. */
  overPerson: (id: string | null) => void;
  overLink: (link: Link | null) => void;
  press: (id: string) => void;
}

const MOVE_MS = 150;
const EDGE = 24;

/** What a graph is drawn on: behind it the grid, over it the captions. */
export interface Canvases {
  container: HTMLElement;
  grid: HTMLCanvasElement;
  captions: HTMLCanvasElement;
}

/** A graph on the screen, drawn by WebGL, with its strips and days. */
export class GraphStage {
  readonly #sigma: Sigma<PersonMark, LinkMark>;
  readonly #canvases: Canvases;
  readonly #isStill: boolean;
  #whole: WholeGraph | null = null;
  #picture: Picture | null = null;
  #chosen: string | null = null;

  constructor(canvases: Canvases, isStill: boolean, pointing: Pointing) {
    this.#canvases = canvases;
    this.#isStill = isStill;
    const moveMs = isStill ? 0 : MOVE_MS;
    this.#sigma = new Sigma<PersonMark, LinkMark>(new MultiDirectedGraph(), canvases.container, {
      allowInvalidContainer: true,
      defaultNodeType: 'form',
      nodeProgramClasses: { form: FormProgram },
      nodeHoverProgramClasses: { form: FormProgram },
      defaultEdgeType: 'dash',
      edgeProgramClasses: { dash: DashProgram },
      nodeReducer: (id, mark) => this.#seen(id, mark),
      edgeReducer: (edge, mark) => (this.#isShown(edge) ? mark : { ...mark, hidden: true }),
      enableEdgeEvents: true,
      enableCameraRotation: false,
      inertiaDuration: moveMs,
      zoomDuration: moveMs,
      doubleClickZoomingDuration: moveMs,
      minEdgeThickness: 0.6,
      labelFont: '"Be Vietnam Pro", sans-serif',
      labelSize: 13,
      labelGridCellSize: 160,
      labelRenderedSizeThreshold: 4,
      minCameraRatio: 0.002,
      maxCameraRatio: 3,
    });
    this.#listen(pointing);
  }

  #listen({ overPerson, overLink, press }: Pointing): void {
    const sigma = this.#sigma;
    sigma.on('enterNode', ({ node }) => overPerson(node));
    sigma.on('leaveNode', () => overPerson(null));
    sigma.on('clickNode', ({ node }) => press(node));
    sigma.on('enterEdge', ({ edge }) => overLink(this.#whole?.links.get(edge)?.link ?? null));
    sigma.on('leaveEdge', () => overLink(null));
    sigma.on('clickEdge', ({ edge }) => {
      const found = this.#whole?.links.get(edge);
      if (found) press(found.target);
    });
    sigma.on('afterRender', () => this.#drawGround());
  }

  /** Everybody stays where the layout of all has them: where conditions alone changed, people and links are hidden and shown. */
  draw(picture: Picture): void {
    const before = this.#picture;
    this.#picture = picture;
    if (before && this.#whole && isOfTheSame(before, picture)) this.#show(this.#whole, before.shown, picture.shown);
    else this.#drawWhole(picture, before?.palette);
  }

  #drawWhole(picture: Picture, before?: Palette): void {
    const { layout, palette } = picture;
    if (before !== palette)
      this.#sigma.setSettings({ defaultDrawNodeLabel: labelOf(palette), defaultDrawNodeHover: hoverOf(palette) });
    this.#sigma.setCustomBBox({ x: [0, layout.width], y: [-layout.height, 0] });
    this.#whole = wholeGraph(picture);
    this.#sigma.setGraph(this.#whole.graph);
  }

  #show({ edges }: WholeGraph, before: Shown, next: Shown): void {
    const { people, links } = changedBetween(before, next);
    const partialGraph = { nodes: people, edges: links.flatMap((link) => edges.get(link) ?? []) };
    this.#sigma.refresh({ partialGraph, schedule: true });
  }

  #seen(id: string, mark: PersonMark) {
    const isCase = id === this.#picture?.person.id;
    const seen = isCase || !this.#picture ? mark : seenMark(id, mark, this.#picture.shown);
    return id === this.#chosen ? { ...seen, highlighted: true } : seen;
  }
  #isShown(edge: string): boolean {
    const found = this.#whole?.links.get(edge);
    return found !== undefined && (this.#picture?.shown.links.has(found.link) ?? false);
  }

  /** Rings somebody, and brings them into sight. */
  choose(id: string | null): void {
    const nodes = [this.#chosen, id].filter((each) => each !== null && this.#sigma.getGraph().hasNode(each));
    this.#chosen = id;
    if (nodes.length > 0)
      this.#sigma.refresh({ partialGraph: { nodes: nodes as string[] }, skipIndexation: true, schedule: true });
    const place = id === null ? undefined : this.#sigma.getNodeDisplayData(id);
    if (place && !this.#isInSight(place)) this.#move({ x: place.x, y: place.y });
  }

  #isInSight(place: Point): boolean {
    const { x, y } = this.#sigma.framedGraphToViewport(place);
    const { width, height } = this.#sigma.getDimensions();
    return x > EDGE && y > EDGE && x < width - EDGE && y < height - EDGE;
  }
  #move(state: { x?: number; y?: number; ratio?: number }): void {
    const camera = this.#sigma.getCamera();
    if (this.#isStill) camera.setState(state);
    else void camera.animate(state, { duration: MOVE_MS });
  }

  zoom(by: number): void {
    const camera = this.#sigma.getCamera();
    this.#move({ ratio: camera.getBoundedRatio(camera.ratio / by) });
  }
  /** All of it in sight. */
  fit(): void {
    this.#move({ x: 0.5, y: 0.5, ratio: 1 });
  }

  #drawGround(): void {
    if (!this.#picture) return;
    const { layout, palette } = this.#picture;
    const { width, height } = this.#sigma.getDimensions();
    const project = ({ x, y }: Point) => this.#sigma.graphToViewport({ x, y: -y });
    const ground = { layout, palette, project, left: 8, right: width, bottom: height - 8 };
    const { grid, captions } = this.#canvases;
    for (const [canvas, draw] of [
      [grid, drawGrid],
      [captions, drawCaptions],
    ] as const) {
      const context = emptied(canvas, width, height);
      if (context) draw(context, ground);
    }
  }

  resize(): void {
    this.#sigma.resize();
    this.#sigma.scheduleRefresh();
  }
  kill(): void {
    this.#sigma.kill();
  }
}

const isOfTheSame = (one: GraphParts, other: GraphParts): boolean =>
  (['person', 'contacts', 'layout', 'palette'] as const).every((part) => one[part] === other[part]);

function emptied(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  // A canvas takes whole pixels: others would size it, and so empty it, at every frame.
  const [wide, high] = [Math.floor(width * devicePixelRatio), Math.floor(height * devicePixelRatio)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  const context = canvas.getContext('2d');
  context?.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}
