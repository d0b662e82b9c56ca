import { addDays, startOfDay } from '../../days.ts';
import { getFragmentData } from '../../../gql/admin/fragment-masking.ts';
import {
  ContactOfGraphFragmentDoc,
  ContactLinkFragmentDoc,
  type ContactOfGraphFragment,
  type ContactLinkFragment,
  type ContactsOfCaseFragment,
} from '../../../gql/admin/graphql.ts';

/** One meeting, with the name of whom it was with. */
export interface Link extends ContactLinkFragment {
  sourceName: string;
}

/** Somebody whom the case or a contact of it met, with every link that leads to them, the earliest first. */
export interface ContactOfCase extends ContactOfGraphFragment {
  id: string;
  links: readonly Link[];
  /** How many contacts they met in turn, links that were dismissed not counted. */
  passedTo: number;
}

/** The rows of a graph, nearest first, as the API orders them. */
export function contactsOf(graph: ContactsOfCaseFragment, f0: { id: string; fullName: string }): ContactOfCase[] {
  const nodes = getFragmentData(ContactOfGraphFragmentDoc, graph.nodes);
  const edges = getFragmentData(ContactLinkFragmentDoc, graph.edges);
  const names = new Map([[f0.id, f0.fullName], ...nodes.map(({ citizen }) => [citizen.id, citizen.fullName] as const)]);
  const to = Map.groupBy(
    edges.map((edge) => ({ ...edge, sourceName: names.get(edge.source) ?? '' })),
    ({ target }) => target,
  );
  const from = Map.groupBy(edges.filter(isKept), ({ source }) => source);
  return nodes.map((node) => ({
    ...node,
    id: node.citizen.id,
    links: (to.get(node.citizen.id) ?? []).toSorted((a, b) => a.at.localeCompare(b.at)),
    passedTo: new Set((from.get(node.citizen.id) ?? []).map(({ target }) => target)).size,
  }));
}

export const isKept = ({ review }: Pick<ContactLinkFragment, 'review'>): boolean => review !== 'DISMISSED';

/** By whom of the generation before they have it: whom they met first; null where only people who are not shown lead to them. */
export const leadingLink = (
  { generation, links }: Pick<ContactOfCase, 'generation' | 'links'>,
  generationOf: ReadonlyMap<string, number>,
): Link | null => links.find((link) => isKept(link) && (generationOf.get(link.source) ?? 0) === generation - 1) ?? null;

export interface ContactConditions {
  generation?: string;
  kind?: string;
  checkpoint?: string;
  /** Days, both contained. */
  from?: string;
  to?: string;
}

/** What the conditions ask of a link, all of one and the same; null: nothing. */
export function linkTest({ kind, checkpoint, from, to }: ContactConditions): ((link: Link) => boolean) | null {
  if ([kind, checkpoint, from, to].every((condition) => condition === undefined)) return null;
  const since = from === undefined ? '' : startOfDay(from);
  const until = to === undefined ? '~' : startOfDay(addDays(to, 1));
  return (link) =>
    (kind === undefined || link.kind === kind) &&
    (checkpoint === undefined || link.checkpoint?.id === checkpoint) &&
    link.at >= since &&
    link.at < until;
}

/** Who has a link that all conditions on links hold for. */
export function contactTest(conditions: ContactConditions): (contact: ContactOfCase) => boolean {
  const { generation } = conditions;
  const holds = linkTest(conditions);
  return (contact) =>
    (generation === undefined || contact.generation === Number(generation)) &&
    (holds === null || contact.links.some(holds));
}

/** The checkpoints of the links, by name. */
export function checkpointsOf(contacts: readonly ContactOfCase[]): { value: string; label: string }[] {
  const found = new Map<string, string>();
  for (const { checkpoint } of contacts.flatMap(({ links }) => links))
    if (checkpoint) found.set(checkpoint.id, checkpoint.name);
  return [...found]
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'vi'));
}
