// A hand scanner types a character every few ms, and nobody types as fast. Slow ones, or slow devices, pause longer.
const BURST_GAP_MS = 90;
const SLOW_GAP_MS = 500;
// Who presses 1 to admit has typed nothing just before: so a slow scanner's digits admit nobody.
const QUIET_BEFORE_MS = 300;
// But for who chose by one of these letters what the digit then decides, however fast: no code is so short, and
// a slow scanner's pass, card or passport mostly begins with others.
const CHOICE = /^[agikno]$/iu;
const BY_HAND = /^(?:.|[agikno]\d)$/iu;
const SHORTEST_BURST = 4;
const SHORTEST_SLOW_BURST = 8;

export interface KeysRead {
  /** A hand scanner typed this and Enter. */
  burst: (text: string) => void;
  /** One key by itself; true when it was of use. */
  key: (key: string) => boolean;
  /** A character that is no shortcut, or several: for a field. */
  typed: (text: string) => void;
  /** False where the officer switched keys without Ctrl or Alt off. */
  singleKeys: () => boolean;
}

/** Tells a hand scanner that types from a person at the keyboard. Give it each keydown before anybody else sees it. */
export function createKeyReader({ burst, key, typed, singleKeys }: KeysRead) {
  // What came without a pause, and all that came since the last long one.
  let buffer = '';
  let line = '';
  let fast = true;
  let lastAt = -Infinity;
  let quiet = true;
  let chosen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Enter') return end(event);
    if (event.key.length !== 1) return other(event);
    const gap = event.timeStamp - lastAt;
    if (event.repeat || (event.key === ' ' && !isInside(gap))) return;
    measure(gap);
    lastAt = event.timeStamp;
    buffer += event.key;
    line += event.key;
    event.preventDefault();
    clearTimeout(timer);
    timer = setTimeout(settle, BURST_GAP_MS);
  }

  function other(event: KeyboardEvent): void {
    if (event.key === 'Shift' || event.key === 'CapsLock') return;
    stop();
    if (event.key === 'Escape' && !event.repeat) key('Escape');
  }

  /** A blank by itself presses the button that has the focus; one inside a pass must not. */
  function isInside(gap: number): boolean {
    return gap <= BURST_GAP_MS || (gap <= SLOW_GAP_MS && line.length >= SHORTEST_BURST);
  }

  function measure(gap: number): void {
    if (gap > SLOW_GAP_MS) [line, fast] = ['', true];
    else fast &&= gap <= BURST_GAP_MS;
    if (gap <= BURST_GAP_MS) return;
    // On a busy device the timer may not have come before the next key.
    settle();
    quiet = gap > QUIET_BEFORE_MS || (chosen && line.length === 1);
    chosen = false;
  }

  function end(event: KeyboardEvent): void {
    measure(event.timeStamp - lastAt);
    const text = line;
    const longEnough = text.length >= (fast ? SHORTEST_BURST : SHORTEST_SLOW_BURST);
    stop();
    if (!longEnough) return;
    event.preventDefault();
    event.stopPropagation();
    burst(text);
  }

  function settle(): void {
    const text = buffer;
    buffer = '';
    if (!text) return;
    let rest = text;
    if (singleKeys() && quiet && BY_HAND.test(text)) while (rest && key(rest.charAt(0))) rest = rest.slice(1);
    chosen = !rest && CHOICE.test(text);
    if (rest) typed(rest);
  }

  function stop(): void {
    buffer = line = '';
    clearTimeout(timer);
  }

  return { press, stop };
}
