/** Where something lies, in degrees. */
export interface Place {
  id: string;
  latitude: number;
  longitude: number;
}

export interface Spot {
  id: string;
  x: number;
  y: number;
}

export interface Layout {
  spots: Spot[];
  /** A round distance, and how long it is on the map. */
  scale: { km: number; length: number };
}

export interface Frame {
  width: number;
  height: number;
  margin: number;
}

const KM_A_DEGREE = 111.32;
/** Places closer than this are spread: both can be seen and pointed at. */
const APART = 26;
const ROUNDS = 24;
/** A whole country's would take long to spread, and none could be pointed at anyway. */
const MOST_SPREAD = 300;
const ROUND_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Fits places into a frame, north up, a kilometre as long to the east as to the north. */
export function layOut(places: readonly Place[], { width, height, margin }: Frame): Layout {
  const [south, north] = range(places.map(({ latitude }) => latitude));
  const [west, east] = range(places.map(({ longitude }) => longitude));
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  // One place alone stands in the middle of twenty kilometres.
  const least = 0.18;
  const [inner, upright] = [width - 2 * margin, height - 2 * margin];
  const unit = Math.min(inner / Math.max((east - west) * shrink, least), upright / Math.max(north - south, least));
  const spots = places.map(({ id, latitude, longitude }) => ({
    id,
    x: width / 2 + (longitude - (west + east) / 2) * shrink * unit,
    y: height / 2 - (latitude - (south + north) / 2) * unit,
  }));
  if (spots.length <= MOST_SPREAD) spread(spots, { width, height, margin });
  const perKm = unit / KM_A_DEGREE;
  const km = ROUND_KM.findLast((each) => each * perKm <= width / 5) ?? 1;
  return { spots, scale: { km, length: km * perKm } };
}

function range(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}

/** Pushes apart what lies on top of each other, a little in each round, and keeps all within the frame. */
function spread(spots: Spot[], { width, height, margin }: Frame): void {
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [at, one] of spots.entries())
      for (const other of spots.slice(at + 1)) {
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const far = Math.hypot(dx, dy);
        if (far >= APART) continue;
        const push = (APART - far) / 2;
        // On the very same point: each to its own side, always the same.
        const [ux, uy] = far > 0.01 ? [dx / far, dy / far] : [Math.cos(at), Math.sin(at)];
        one.x = within(one.x - ux * push, margin, width - margin);
        one.y = within(one.y - uy * push, margin, height - margin);
        other.x = within(other.x + ux * push, margin, width - margin);
        other.y = within(other.y + uy * push, margin, height - margin);
      }
}

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

export interface Label {
  id: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

/** From the left and the top to the right and the bottom. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Names beside their spots, the first ones first, and over nothing that is kept free; where there is no room a name is left out and stands in the table. */
export function placeLabels(
  wanted: ReadonlyArray<Spot & { name: string; radius: number }>,
  spots: readonly Spot[],
  { width, height, size, kept = [] }: { width: number; height: number; size: number; kept?: readonly Box[] },
): Label[] {
  const taken = [...kept, ...spots.map(({ x, y }): Box => [x - 12, y - 12, x + 12, y + 12])];
  return wanted.flatMap(({ id, name, x, y, radius }) => {
    const long = name.length * size * 0.56;
    for (const [anchor, below] of [
      ['start', 0],
      ['end', 0],
      ['start', 1],
      ['end', 1],
      ['start', -1],
      ['end', -1],
    ] as const) {
      const side = below === 0 ? radius + 6 : 0;
      const [tx, ty] = [anchor === 'start' ? x + side : x - side, y + below * (radius + size)];
      const left = anchor === 'start' ? tx : tx - long;
      const box: Box = [left, ty - size * 0.6, left + long, ty + size * 0.5];
      const own = (other: Box) => other[0] <= x && x <= other[2] && other[1] <= y && y <= other[3];
      if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height) continue;
      if (taken.some((other) => !own(other) && overlap(box, other))) continue;
      taken.push(box);
      return [{ id, x: tx, y: ty + size * 0.35, anchor }];
    }
    return [];
  });
}

const overlap = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
