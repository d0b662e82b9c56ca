import { leadingLink, type ContactOfCase, type Link } from '../contacts.ts';

/** A contact below whom they have it from, by the earliest meeting. */
interface Branch {
  id: string;
  contact: ContactOfCase;
  /** Null: by somebody of another province, who is not shown. */
  link: Link | null;
  children: Branch[];
}

/**
 * Each contact once, below somebody of the generation before; below the case itself where only people who are not shown lead to
 * them. To whom every link was dismissed is in no tree.
 */
export function treeOf(contacts: readonly ContactOfCase[]): Branch[] {
  const branches = new Map<string, Branch>();
  const generationOf = new Map(contacts.map(({ id, generation }) => [id, generation]));
  const roots: Branch[] = [];
  for (const contact of contacts) {
    if (contact.exposures === 0) continue;
    const link = leadingLink(contact, generationOf);
    const branch = { id: contact.id, contact, link, children: [] };
    branches.set(contact.id, branch);
    (branches.get(link?.source ?? '')?.children ?? roots).push(branch);
  }
  return roots;
}

export interface Item extends Branch {
  level: number;
  position: number;
  siblings: number;
  parent: string | null;
  /** Null: there is nothing below it. */
  expanded: boolean | null;
}

/** The items that are seen, from above to below. */
export function itemsOf(branches: readonly Branch[], closed: ReadonlySet<string>, level = 2, parent = ROOT): Item[] {
  return branches.flatMap((branch, index) => {
    const expanded = branch.children.length > 0 ? !closed.has(branch.id) : null;
    const item = { ...branch, level, position: index + 1, siblings: branches.length, parent, expanded };
    return expanded ? [item, ...itemsOf(branch.children, closed, level + 1, branch.id)] : [item];
  });
}

/** The case itself, in place of an id. */
export const ROOT = 'F0';
