import type { Decision, Direction } from '../../gql/officer/graphql.ts';

interface LaneActions {
  decidable: () => boolean;
  idle: () => boolean;
  /** A card is shown that may be recorded without a declaration. */
  cardOnly: () => boolean;
  decide: (decision: Decision) => void;
  turn: (direction: Direction) => void;
  tickAll: (on: boolean) => void;
  toggleNoCard: () => void;
  withCardAlone: () => void;
  undoLast: () => void;
  dismiss: () => void;
  openShift: () => void;
  openPaper: () => void;
  openToCheck: () => void;
  focusField: () => void;
}

const decisions: Record<string, Decision> = { '1': 'ADMITTED', '2': 'REFUSED', '3': 'ISOLATED' };

/** What each key does; false for a key that does nothing now, so that it may be the first character of a code. */
export function createShortcuts(lane: LaneActions): (key: string) => boolean {
  const onDeclaration: Record<string, () => void> = {
    a: () => lane.tickAll(true),
    n: () => lane.tickAll(false),
    k: lane.toggleNoCard,
  };
  const always: Record<string, () => void> = {
    i: () => lane.turn('IN'),
    o: () => lane.turn('OUT'),
    u: lane.undoLast,
    l: lane.openShift,
    p: lane.openPaper,
    v: lane.openToCheck,
    '/': lane.focusField,
    escape: lane.dismiss,
  };
  return (pressed) => {
    const key = pressed.toLowerCase();
    const decision = decisions[key];
    if (decision && lane.decidable()) lane.decide(decision);
    else if (lane.decidable() && onDeclaration[key]) onDeclaration[key]();
    else if (key === 'g' && lane.cardOnly()) lane.withCardAlone();
    else if (always[key]) always[key]();
    // While somebody stands on the page, a stray digit goes nowhere.
    else return !lane.idle();
    return true;
  };
}
