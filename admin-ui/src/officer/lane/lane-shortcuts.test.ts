import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createShortcuts } from './lane-shortcuts.ts';

let decidable = true;
let cardOnly = false;
const did = vi.fn();
const press = createShortcuts({
  decidable: () => decidable,
  idle: () => !decidable,
  cardOnly: () => cardOnly,
  decide: did,
  turn: did,
  tickAll: did,
  toggleNoCard: did,
  withCardAlone: () => void did('card alone'),
  undoLast: () => void did('undo'),
  dismiss: () => void did('dismiss'),
  openShift: did,
  openPaper: () => void did('paper'),
  openToCheck: () => void did('people to check'),
  focusField: did,
});
beforeEach(() => {
  decidable = true;
  cardOnly = false;
  did.mockClear();
});

describe('a key at the lane', () => {
  it.each([
    ['1', 'ADMITTED'],
    ['2', 'REFUSED'],
    ['3', 'ISOLATED'],
    ['i', 'IN'],
    ['O', 'OUT'],
    ['a', true],
    ['n', false],
    ['u', 'undo'],
    ['p', 'paper'],
    ['v', 'people to check'],
    ['Escape', 'dismiss'],
  ])('%s does %s', (key, what) => {
    expect(press(key)).toBe(true);
    expect(did).toHaveBeenCalledExactlyOnceWith(what);
  });

  it('that is a digit begins a code where nobody is to be decided on', () => {
    decidable = false;
    expect(press('1')).toBe(false);
    expect(did).not.toHaveBeenCalled();
  });

  it('g records with the card alone where a card without a declaration is shown, and else begins a code', () => {
    decidable = false;
    expect(press('g')).toBe(false);
    cardOnly = true;
    expect(press('G')).toBe(true);
    expect(did).toHaveBeenCalledExactlyOnceWith('card alone');
  });

  it('of no meaning goes nowhere while somebody stands on the page', () => {
    expect(press('7')).toBe(true);
    expect(did).not.toHaveBeenCalled();
  });
});
