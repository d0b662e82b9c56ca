import { wholePlace } from '../../../../unit-place.ts';
import type { ContactOfCase, Link } from '../../contacts.ts';
import { linkWords } from '../../link-words.ts';
import { isShown } from '../shown.ts';
import type { FileContent } from './file-content.ts';

type Data = Record<string, string | number | null | undefined>;

const keys = {
  node: { name: 'string', generation: 'int', firstExposedAt: 'string', state: 'string', unit: 'string' },
  edge: {
    ...{ kind: 'string', at: 'string', minutesApart: 'double', checkpoint: 'string', plate: 'string' },
    ...{ review: 'string', reason: 'string' },
  },
} as const;

/** GraphML (graphml.graphdrawing.org), which Gephi, yEd and Cytoscape read: times as ISO 8601, names of kinds as the API has them. */
export function graphMl({ person, contacts, shown }: FileContent): string {
  const people = contacts.filter(({ id }) => isShown(shown, id));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keyLines('node'),
    ...keyLines('edge'),
    '<graph id="contacts" edgedefault="directed">',
    element('node', { id: person.id }, { name: person.fullName, generation: 0 }),
    ...people.map((contact) => element('node', { id: contact.id }, personData(contact))),
    ...[...shown.links].map(([link, target], index) =>
      element('edge', { id: `e${index}`, source: link.source, target }, linkData(link)),
    ),
    '</graph>',
    '</graphml>',
    '',
  ].join('\n');
}

const personData = ({ citizen, generation, firstExposedAt, followUp }: ContactOfCase): Data => ({
  name: citizen.fullName,
  generation,
  firstExposedAt,
  state: followUp?.status ?? 'DISMISSED',
  unit: followUp && wholePlace(followUp.unit),
});
const linkData = (link: Link): Data => ({
  kind: link.kind,
  at: link.at,
  minutesApart: link.minutesApart,
  checkpoint: link.checkpoint?.name,
  plate: link.plate,
  review: link.review,
  reason: linkWords(link),
});

const keyLines = (of: 'node' | 'edge'): string[] =>
  Object.entries(keys[of]).map(
    ([name, type]) => `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`,
  );

function element(name: 'node' | 'edge', attributes: Record<string, string>, data: Data): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  const cells = Object.entries(data)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `<data key="${name}-${key}">${escape(String(value))}</data>`);
  return `<${name}${written.join('')}>${cells.join('')}</${name}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
// What XML 1.0 cannot hold, not even escaped: a name that was typed with such a sign would break the whole file.
const IMPOSSIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const escape = (text: string): string =>
  text.replace(IMPOSSIBLE, '').replace(/[&<>"\r]/g, (sign) => ENTITIES[sign] ?? sign);
