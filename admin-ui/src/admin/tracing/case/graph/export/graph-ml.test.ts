import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { aContact } from '../an-outbreak.ts';
import { shownOf } from '../shown.ts';
import { graphMl } from './graph-ml.ts';

// Texts and language ask for a page.
vi.mock('../../../../texts.ts', () => ({
  t: (key: string, values: object = {}) => [key, ...Object.values(values)].join(' '),
}));
vi.mock('../../../../../session/locale.ts', () => ({ locale: { value: 'vi' }, read: () => null }));

interface Cell {
  '#text': string;
  '@key': string;
}
interface Item {
  '@id': string;
  '@source'?: string;
  '@target'?: string;
  data: Cell[];
}
interface Document {
  graphml: {
    key: { '@id': string; '@for': string; '@attr.name': string; '@attr.type': string }[];
    graph: { '@edgedefault': string; node: Item[]; edge: Item[] };
  };
}
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['node', 'edge', 'key', 'data'].includes(name),
});

function written(name: string, plate = '36C-123.45'): Document {
  const contacts = [
    aContact('a', 1, [{ kind: 'SAME_VEHICLE', plate, checkpoint: { id: 'x', name: 'Chốt <1> & "2"' } }]),
    aContact('b', 2, [{ source: 'a', minutesApart: 2.5, review: 'DISMISSED' }]),
    aContact('c', 2, []),
  ];
  const first = contacts[0];
  if (first) first.citizen.fullName = name;
  const shown = shownOf(contacts, 'case', { whole: 4, opened: new Set() });
  const xml = graphMl({ person: { id: 'case', fullName: 'Ca bệnh' }, contacts, shown });
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml) as Document;
}
const cellsOf = (item: Item | undefined) =>
  Object.fromEntries(item?.data.map((each) => [each['@key'], each['#text']]) ?? []);

describe('a graph as GraphML', () => {
  it('is read back: people with generation and time, links with why', () => {
    const { graph, key } = written('Nguyễn Thị Hoa').graphml;
    expect(graph['@edgedefault']).toBe('directed');
    expect(graph.node.map((node) => node['@id'])).toEqual(['case', 'a', 'b', 'c']);
    expect(cellsOf(graph.node[1])).toEqual({
      'node-name': 'Nguyễn Thị Hoa',
      'node-generation': '1',
      'node-firstExposedAt': '2021-08-20T00:00:00.000Z',
      'node-state': 'DISMISSED',
    });
    expect(graph.edge.map((edge) => [edge['@source'], edge['@target']])).toEqual([
      ['case', 'a'],
      ['a', 'b'],
    ]);
    expect(cellsOf(graph.edge[0])).toMatchObject({
      'edge-kind': 'SAME_VEHICLE',
      'edge-plate': '36C-123.45',
      'edge-checkpoint': 'Chốt <1> & "2"',
      'edge-review': 'NONE',
      'edge-reason': expect.stringContaining('links.SAME_VEHICLE case') as string,
    });
    expect(cellsOf(graph.edge[1])).toMatchObject({ 'edge-minutesApart': '2.5', 'edge-review': 'DISMISSED' });
    const declared = key.map((each) => each['@id']);
    for (const cell of [...graph.node, ...graph.edge].flatMap(({ data }) => data))
      expect(declared).toContain(cell['@key']);
  });

  it('holds whatever people typed, and stays XML', () => {
    const unit = fc.constantFrom(...'<>&"\'ế]a \u0000\u0007\ud800\uffff\n');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 12 }), (typed) => {
        const name = cellsOf(written(`x${typed}x`).graphml.graph.node[1])['node-name'];
        expect(name).toBe(`x${typed.replace(/[\u0000-\u0008\ud800\uffff]/g, '')}x`);
      }),
    );
  });
});
