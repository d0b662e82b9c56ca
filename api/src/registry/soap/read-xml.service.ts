import { SaxesParser } from 'saxes';

export interface XmlElement {
  namespace: string;
  /** Without its prefix. */
  name: string;
  text: string;
  children: XmlElement[];
}

const mostNested = 20;

// A markup declaration, such as DOCTYPE and ENTITY: all that ever made XML read files or grow without end.
const declaration = /<!(?!--|\[CDATA\[)/;

/** Reads a well-formed document without declarations and of few levels; null for any other. */
export function readXml(text: string): XmlElement | null {
  if (declaration.test(text)) return null;
  const document: XmlElement = { namespace: '', name: '', text: '', children: [] };
  try {
    readInto(document, text);
  } catch {
    return null;
  }
  return document.children[0] ?? null;
}

/** One pass, strict: what is not well-formed throws, and so does a name for a character that is not of XML itself. */
function readInto(document: XmlElement, text: string): void {
  const open = [document];
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', ({ uri, local }) => {
    if (open.length > mostNested) throw new RangeError('Nested too deeply.');
    const element = { namespace: uri, name: local, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const add = (part: string) => ((open.at(-1) ?? document).text += part);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed) closed.text = closed.text.trim();
  });
  parser.write(text).close();
}
