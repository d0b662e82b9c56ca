import { expect, it } from 'vitest';
import type { ContactOfCase, Link } from '../contacts.ts';
import { itemsOf, treeOf } from './tree-of.ts';

const link = (source: string, changes: Partial<Link> = {}): Link => ({
  source,
  target: '',
  kind: 'SAME_CHECKPOINT',
  at: '2021-08-23T07:00:00Z',
  minutesApart: 1,
  plate: null,
  review: 'NONE',
  checkpoint: null,
  sourceName: source,
  ...changes,
});
const contact = (id: string, generation: number, links: Link[], exposures = links.length) =>
  ({ id, generation, links, exposures }) as unknown as ContactOfCase;

it('each contact stands once, below whom of the generation before they met first', () => {
  const tree = treeOf([
    contact('a', 1, [link('case')]),
    contact('b', 1, [link('case')]),
    contact('c', 2, [link('b'), link('a', { at: '2021-08-24T07:00:00Z' })]),
    contact('d', 2, [link('c'), link('a')]),
  ]);
  expect(tree.map(({ id, children }) => [id, children.map((child) => child.id)])).toEqual([
    ['a', ['d']],
    ['b', ['c']],
  ]);
});

it('a dismissed link leads to nobody; who is reached only by people of other provinces stands below the case', () => {
  const tree = treeOf([
    contact('a', 1, [link('case')]),
    contact('gone', 1, [link('case', { review: 'DISMISSED' })], 0),
    contact('c', 2, [link('a', { review: 'DISMISSED' })], 1),
  ]);
  expect(tree.map(({ id, link: by }) => [id, by?.source ?? null])).toEqual([
    ['a', 'case'],
    ['c', null],
  ]);
});

it('what stands below a closed item is not seen; a reader hears the level and the place among its own', () => {
  const tree = treeOf([contact('a', 1, [link('case')]), contact('b', 1, [link('case')]), contact('c', 2, [link('a')])]);
  const shown = (closed: string[]) =>
    itemsOf(tree, new Set(closed)).map(({ id, level, position, siblings, expanded, parent }) => [
      ...[id, level, position, siblings, expanded, parent],
    ]);
  expect(shown([])).toEqual([
    ['a', 2, 1, 2, true, 'F0'],
    ['c', 3, 1, 1, null, 'a'],
    ['b', 2, 2, 2, null, 'F0'],
  ]);
  expect(shown(['a'])).toEqual([
    ['a', 2, 1, 2, false, 'F0'],
    ['b', 2, 2, 2, null, 'F0'],
  ]);
});
