import { describe, expect, it } from 'vitest';
import { aContact } from './an-outbreak.ts';
import { walkOf, type Step } from './walk.ts';

const at = (hour: number) => `2021-08-20T${String(hour).padStart(2, '0')}:00:00.000Z`;
const walk = walkOf('case', [
  aContact('late', 1, [{ at: at(9) }]),
  aContact('early', 1, [{ at: at(7) }]),
  aContact('second', 2, [{ source: 'early', at: at(12) }]),
  aContact('first', 2, [{ source: 'early', at: at(10) }]),
  aContact('hidden', 2, [], { firstExposedAt: at(14) }),
]);
const go = (from: string, ...keys: Step[]) => keys.reduce(walk.step, from);

describe('a graph by the keyboard', () => {
  it('goes down to whom somebody met first, and up to whom they have it from', () => {
    expect(go('case', 'ArrowDown')).toBe('early');
    expect(go('early', 'ArrowDown')).toBe('first');
    expect(go('first', 'ArrowUp')).toBe('early');
    expect(go('early', 'ArrowUp')).toBe('case');
  });

  it('goes left and right within a generation by time, and not beyond it', () => {
    expect(go('early', 'ArrowRight')).toBe('late');
    expect(go('late', 'ArrowRight')).toBe('late');
    expect(go('early', 'ArrowLeft')).toBe('early');
    expect(go('first', 'ArrowRight', 'ArrowRight')).toBe('hidden');
  });

  it('leads back to the case from who is reached only through people that are not shown', () => {
    expect(go('hidden', 'ArrowUp')).toBe('case');
  });

  it('reaches everybody', () => {
    const seen = new Set(['case']);
    const keys: Step[] = ['ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'End'];
    for (const id of seen) for (const key of keys) seen.add(walk.step(id, key));
    expect(seen.size).toBe(6);
  });

  it('stays where there is nowhere to go', () => {
    expect(go('late', 'ArrowDown')).toBe('late');
    expect(go('case', 'ArrowRight')).toBe('case');
    expect(go('hidden', 'Home')).toBe('case');
    expect(go('case', 'End')).toBe('hidden');
  });
});
