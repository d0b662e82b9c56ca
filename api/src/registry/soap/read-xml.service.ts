import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface XmlElement {
  namespace: string;
  /** Without its prefix. */
  name: string;
  text: string;
  children: XmlElement[];
}

const mostNested = 20;
const parser = new XMLParser({
  preserveOrder: true,
  attributeNamePrefix: '',
  ignoreAttributes: (name) => !/^xmlns(:|$)/.test(name),
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: mostNested,
  // Without writing out each element's path for the callbacks, which here read names only.
  jPath: false,
  // The ids' leading zeros are part of them.
  parseTagValue: false,
  processEntities: false,
});

// A markup declaration, such as DOCTYPE and ENTITY: all that ever made XML read files or grow without end.
const declaration = /<!(?!--|\[CDATA\[)/;

/** Reads a well-formed document without declarations and of few levels; null for any other. */
export function readXml(text: string): XmlElement | null {
  if (declaration.test(text) || XMLValidator.validate(text) !== true) return null;
  try {
    const [root, ...others] = elementsOf(parser.parse(text) as Node[], new Map());
    return root && others.length === 0 ? root : null;
  } catch {
    return null;
  }
}

/** One node as the parser gives it: its tag with what is in it, `:@` with its attributes. */
type Node = { ':@'?: Record<string, string>; '#text'?: string; '#cdata'?: Node[] } & Record<string, unknown>;
type Namespaces = ReadonlyMap<string, string>;

function elementsOf(nodes: readonly Node[], above: Namespaces): XmlElement[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ':@' && !key.startsWith('#'));
    if (tag === undefined) return [];
    const inside = node[tag] as Node[];
    const namespaces = declared(node[':@'] ?? {}, above);
    const [prefix, name] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag];
    return [
      {
        namespace: namespaces.get(prefix) ?? '',
        name,
        text: inside.map(textOf).join('').trim(),
        children: elementsOf(inside, namespaces),
      },
    ];
  });
}

function declared(attributes: Record<string, string>, above: Namespaces): Namespaces {
  const own = Object.entries(attributes).map(([name, value]) => [name.slice('xmlns:'.length), value] as const);
  return own.length === 0 ? above : new Map([...above, ...own]);
}

const textOf = (node: Node): string =>
  node['#text'] === undefined
    ? (node['#cdata']?.map((part) => part['#text'] ?? '').join('') ?? '')
    : decode(node['#text']);

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Each reference to a character becomes that one: nothing grows, nothing is looked up, and any other name is refused. */
function decode(text: string): string {
  return text.replace(/&([^;&]{0,8});?/g, (_, name: string) => {
    const [, hexadecimal, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
    const character = hexadecimal
      ? String.fromCodePoint(parseInt(hexadecimal, 16))
      : decimal
        ? String.fromCodePoint(Number(decimal))
        : predefined[name];
    if (character === undefined) throw new RangeError('An entity that is not of XML itself.');
    return character;
  });
}
