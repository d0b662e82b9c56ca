import { MultiDirectedGraph } from 'graphology';
import type { ContactOfCase, Link } from '../../contacts.ts';
import type { Palette } from '../graph-look.ts';
import type { Layout } from '../lay-out.ts';
import { caseMark, contactMark, linkMark, type CasePerson, type LinkMark, type PersonMark } from './marks.ts';

/** What a graph is made of; what of it is shown changes more often. */
export interface GraphParts {
  person: CasePerson;
  contacts: readonly ContactOfCase[];
  layout: Layout;
  palette: Palette;
}
export interface WholeGraph {
  graph: MultiDirectedGraph<PersonMark, LinkMark>;
  /** What stands behind an edge, and the other way round. */
  links: ReadonlyMap<string, { link: Link; target: string }>;
  edges: ReadonlyMap<Link, string>;
}

/** Everybody and every link, shown or not, each where the layout has them: conditions hide, they make nothing anew. */
export function wholeGraph({ person, contacts, layout, palette }: GraphParts): WholeGraph {
  const graph = new MultiDirectedGraph<PersonMark, LinkMark>();
  const look = { layout, palette, people: contacts.length };
  graph.addNode(person.id, caseMark(person, look));
  for (const contact of contacts) graph.addNode(contact.id, contactMark(contact, look));
  const edges = new Map<Link, string>();
  const links = new Map<string, { link: Link; target: string }>();
  for (const { id: target, links: own } of contacts)
    for (const link of own) {
      if (!graph.hasNode(link.source)) continue;
      const edge = graph.addEdge(link.source, target, linkMark(link, look));
      edges.set(link, edge);
      links.set(edge, { link, target });
    }
  return { graph, links, edges };
}
