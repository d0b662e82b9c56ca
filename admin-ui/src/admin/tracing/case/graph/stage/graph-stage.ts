import Graph from 'graphology';
import Sigma from 'sigma';
import type { ContactOfCase, Link } from '../../contacts.ts';
import type { Palette } from '../graph-look.ts';
import type { Layout, Point } from '../lay-out.ts';
import type { Shown } from '../shown.ts';
import { DashProgram } from './dash-program.ts';
import { FormProgram } from './form-program.ts';
import { drawGrid } from './grid.ts';
import { hoverOf } from './hover.ts';
import { caseMark, contactMark, linkMark, type CasePerson, type LinkMark, type PersonMark } from './marks.ts';

export interface Picture {
  person: CasePerson;
  contacts: readonly ContactOfCase[];
  layout: Layout;
  shown: Shown;
  palette: Palette;
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

/** A graph on the screen, drawn by WebGL, and behind it its strips and days. */
export class GraphStage {
  readonly #sigma: Sigma<PersonMark, LinkMark>;
  readonly #grid: HTMLCanvasElement;
  readonly #isStill: boolean;
  #links = new Map<string, { link: Link; target: string }>();
  #picture: Picture | null = null;
  #chosen: string | null = null;

  constructor(container: HTMLElement, grid: HTMLCanvasElement, isStill: boolean, pointing: Pointing) {
    this.#grid = grid;
    this.#isStill = isStill;
    const moveMs = isStill ? 0 : MOVE_MS;
    this.#sigma = new Sigma<PersonMark, LinkMark>(new Graph(), container, {
      allowInvalidContainer: true,
      defaultNodeType: 'form',
      nodeProgramClasses: { form: FormProgram },
      nodeHoverProgramClasses: { form: FormProgram },
      defaultEdgeType: 'dash',
      edgeProgramClasses: { dash: DashProgram },
      nodeReducer: (id, mark) => (id === this.#chosen ? { ...mark, highlighted: true } : mark),
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
    sigma.on('enterEdge', ({ edge }) => overLink(this.#links.get(edge)?.link ?? null));
    sigma.on('leaveEdge', () => overLink(null));
    sigma.on('clickEdge', ({ edge }) => {
      const found = this.#links.get(edge);
      if (found) press(found.target);
    });
    sigma.on('afterRender', () => this.#drawGrid());
  }

  /** Everybody who is shown, each where the layout of all has them: nobody moves when conditions change. */
  draw(picture: Picture): void {
    const { layout, palette } = picture;
    if (this.#picture?.palette !== palette)
      this.#sigma.setSettings({ labelColor: { color: palette.ink }, defaultDrawNodeHover: hoverOf(palette) });
    this.#picture = picture;
    this.#sigma.setCustomBBox({ x: [0, layout.width], y: [-layout.height, 0] });
    this.#sigma.setGraph(this.#graphOf(picture));
  }

  #graphOf({ person, contacts, layout, shown, palette }: Picture): Graph<PersonMark, LinkMark> {
    const graph = new Graph<PersonMark, LinkMark>({ type: 'directed', multi: true });
    const look = { layout, palette, people: contacts.length };
    graph.addNode(person.id, caseMark(person, look));
    for (const contact of contacts) {
      const isFound = shown.found.has(contact.id);
      if (isFound || shown.between.has(contact.id)) graph.addNode(contact.id, contactMark(contact, isFound, look));
    }
    this.#links = new Map(
      [...shown.links].map(([link, target]) => [
        graph.addEdge(link.source, target, linkMark(link, look)),
        { link, target },
      ]),
    );
    return graph;
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

  #drawGrid(): void {
    const context = this.#grid.getContext('2d');
    if (!context || !this.#picture) return;
    const { width, height } = this.#sigma.getDimensions();
    const [wide, high] = [width * devicePixelRatio, height * devicePixelRatio];
    if (this.#grid.width !== wide || this.#grid.height !== high)
      Object.assign(this.#grid, { width: wide, height: high });
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    const { layout, palette } = this.#picture;
    const project = ({ x, y }: Point) => this.#sigma.graphToViewport({ x, y: -y });
    drawGrid(context, layout, palette, { project, left: 8, bottom: height - 8 });
  }

  resize(): void {
    this.#sigma.resize();
    this.#sigma.scheduleRefresh();
  }
  kill(): void {
    this.#sigma.kill();
  }
}
