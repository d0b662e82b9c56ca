import type Graph from 'graphology';
import { beforeEach, expect, it, vi } from 'vitest';
import { aContact } from '../an-outbreak.ts';
import { palettes } from '../graph-look.ts';
import { layOut } from '../lay-out.ts';
import { shownOf } from '../shown.ts';
import { GraphStage } from './graph-stage.ts';
import type { LinkMark, PersonMark } from './marks.ts';

type Marks<Mark> = (id: string, mark: Mark) => Mark & { hidden?: boolean };
interface Settings {
  nodeReducer: Marks<PersonMark>;
  edgeReducer: Marks<LinkMark>;
}

// Stands in for what draws by WebGL: says what it was given.
const sigma = vi.hoisted(() => {
  const heard = new Map<string, () => void>();
  return {
    heard,
    settings: null as unknown as Settings,
    on: (event: string, listener: () => void) => heard.set(event, listener),
    setSettings: () => undefined,
    setCustomBBox: () => undefined,
    getDimensions: () => ({ width: 333, height: 222 }),
    setGraph: vi.fn<(graph: Graph<PersonMark, LinkMark>) => void>(),
    refresh: vi.fn<(options: { partialGraph: { nodes: string[]; edges: string[] } }) => void>(),
  };
});
vi.mock('sigma', () => ({
  default: function Sigma(_: unknown, __: unknown, settings: Settings) {
    return Object.assign(sigma, { settings });
  },
}));
vi.mock('./form-program.ts', () => ({ FormProgram: null }));
vi.mock('./dash-program.ts', () => ({ DashProgram: null }));
vi.mock('./grid.ts', () => ({ drawGrid: () => undefined, drawCaptions: () => undefined }));

const day = (hour: number) => `2021-08-20T${String(hour).padStart(2, '0')}:00:00Z`;
const contacts = [
  aContact('early', 1, [{ at: day(1) }]),
  aContact('late', 1, [{ at: day(9) }]),
  aContact('after', 2, [{ at: day(12), source: 'late' }]),
];
const person = { id: 'case', fullName: 'Ca bệnh' };
const layout = layOut(person.id, contacts);
const picture = (since?: string) => {
  const conditions = { whole: 2, opened: new Set<string>(), ...(since && { since: Date.parse(since) }) };
  return { person, contacts, layout, palette: palettes.light, shown: shownOf(contacts, person.id, conditions) };
};
const nothing = { overPerson: () => undefined, overLink: () => undefined, press: () => undefined };
const stageOn = (canvas: unknown) => {
  const [container, grid, captions] = [{} as HTMLElement, canvas as HTMLCanvasElement, canvas as HTMLCanvasElement];
  return new GraphStage({ container, grid, captions }, true, nothing);
};
/** Who is seen of the graph that was drawn, and how large. */
function seen(): Record<string, number> {
  const graph = sigma.setGraph.mock.lastCall?.[0];
  const marks = graph?.mapNodes((id, mark) => [id, sigma.settings.nodeReducer(id, { ...mark })] as const) ?? [];
  return Object.fromEntries(marks.flatMap(([id, mark]) => (mark.hidden ? [] : [[id, mark.size]])));
}
beforeEach(() => {
  sigma.setGraph.mockClear();
  sigma.refresh.mockClear();
});

it('a step of the time slider makes no graph anew: it hides and shows those alone whom it concerns', () => {
  const stage = stageOn({});
  stage.draw(picture());
  expect(Object.keys(seen())).toEqual(['case', 'early', 'late', 'after']);
  const whole = seen()['late'] ?? 0;
  const graph = sigma.setGraph.mock.lastCall?.[0];

  stage.draw(picture(day(5)));
  expect(sigma.refresh.mock.lastCall?.[0].partialGraph).toEqual({ nodes: ['early'], edges: graph?.edges('early') });
  expect(Object.keys(seen())).toEqual(['case', 'late', 'after']);

  // Who leads to somebody shown stays, smaller; their own link does not.
  stage.draw(picture(day(10)));
  expect(sigma.refresh.mock.lastCall?.[0].partialGraph).toEqual({
    nodes: ['late'],
    edges: graph?.edges('case', 'late'),
  });
  expect(Object.keys(seen())).toEqual(['case', 'late', 'after']);
  expect(seen()['late']).toBeLessThan(whole);
  const isHidden = graph?.mapEdges((edge, mark) => sigma.settings.edgeReducer(edge, mark).hidden ?? false);
  expect(isHidden).toEqual([true, true, false]);

  stage.draw(picture());
  expect(Object.keys(seen())).toEqual(['case', 'early', 'late', 'after']);
  expect(sigma.setGraph).toHaveBeenCalledOnce();
});

it('other people or other colours are drawn whole', () => {
  const stage = stageOn({});
  stage.draw(picture());
  stage.draw({ ...picture(), palette: palettes.dark });
  const few = contacts.slice(0, 1);
  stage.draw({ ...picture(), contacts: few, layout: layOut(person.id, few) });
  expect(sigma.setGraph).toHaveBeenCalledTimes(3);
  expect(Object.keys(seen())).toEqual(['case', 'early']);
});

it('the ground behind a graph keeps its size from frame to frame, whatever a pixel of the screen is', () => {
  vi.stubGlobal('devicePixelRatio', 1.25);
  const sizes = vi.fn();
  // As a canvas: it takes whole pixels, and is emptied by each that it is given.
  const whole = (pixels: number) => (sizes(), Math.trunc(pixels));
  const context = { setTransform: () => undefined, clearRect: () => undefined };
  let [width, height] = [300, 150];
  const grid = {
    getContext: () => context,
    get width() {
      return width;
    },
    set width(pixels) {
      width = whole(pixels);
    },
    get height() {
      return height;
    },
    set height(pixels) {
      height = whole(pixels);
    },
  };
  stageOn(grid).draw(picture());
  for (let frame = 0; frame < 3; frame += 1) sigma.heard.get('afterRender')?.();
  expect([width, height]).toEqual([416, 277]);
  expect(sizes).toHaveBeenCalledTimes(2);
  vi.unstubAllGlobals();
});
