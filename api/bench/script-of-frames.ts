interface TraceEvent {
  name: string;
  ph: string;
  tid: number;
  ts: number;
  /** How long it took, and how much of the CPU, in µs. */
  dur?: number;
  tdur?: number;
}

export interface Trace {
  traceEvents: TraceEvent[];
}

const scripts = new Set(['FireAnimationFrame', 'EventDispatch', 'TimerFire', 'FunctionCall']);
// Of a frame in which something was drawn: others only wait.
const LEAST_MS = 1;

/** From a trace of Chromium: the CPU time of scripts in each frame that drew something, in ms. */
export function scriptOfFrames({ traceEvents }: Trace): number[] {
  const ends = traceEvents.filter(({ name, ph }) => name === 'AnimationFrame' && ph === 'e').map(({ ts }) => ts);
  ends.sort((a, b) => a - b);
  const outermost = outermostOf(traceEvents.filter(({ name, ph }) => ph === 'X' && scripts.has(name)));
  const costs = ends.map(() => ({ ms: 0, isDrawn: false }));
  let frame = 0;
  for (const event of outermost) {
    while (frame < ends.length && (ends[frame] ?? 0) < event.ts) frame += 1;
    const cost = costs[frame];
    const ms = (event.tdur ?? event.dur ?? 0) / 1000;
    if (!cost) break;
    cost.ms += ms;
    if (event.name === 'FireAnimationFrame' && ms >= LEAST_MS) cost.isDrawn = true;
  }
  return costs.filter(({ isDrawn }) => isDrawn).map(({ ms }) => ms);
}

/** In order, without those that ran within another. */
function outermostOf(events: TraceEvent[]): TraceEvent[] {
  const until = new Map<number, number>();
  return events
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ tid, ts, dur = 0 }) => {
      if (ts < (until.get(tid) ?? 0)) return false;
      until.set(tid, ts + dur);
      return true;
    });
}
