import { exposedAt } from './lay-out.ts';
import { leadingLink, type ContactOfCase } from '../contacts.ts';

export type Step = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

export interface Walk {
  /** From somebody to whom the key leads; themselves where it leads nowhere. */
  step: (from: string, key: Step) => string;
}

/**
 * How keys walk a graph: up to whom somebody has it from, down to whom they passed it to first, left and right among their
 * generation by time; Home is the case, End the last of the furthest generation.
 */
export function walkOf(caseId: string, contacts: readonly ContactOfCase[]): Walk {
  const byTime = contacts
    .map(({ id, generation, links, ...contact }) => ({ id, generation, links, at: exposedAt(contact) }))
    .sort((a, b) => a.generation - b.generation || a.at - b.at || (a.id < b.id ? -1 : 1));
  const generationOf = new Map([[caseId, 0], ...contacts.map(({ id, generation }) => [id, generation] as const)]);
  const indexOf = new Map(byTime.map(({ id }, index) => [id, index]));
  const sourceOf = (contact: Pick<ContactOfCase, 'generation' | 'links'>): string => {
    const source = leadingLink(contact, generationOf)?.source;
    return source !== undefined && generationOf.has(source) ? source : caseId;
  };
  const above = new Map(byTime.map((contact) => [contact.id, sourceOf(contact)]));
  const below = new Map(byTime.toReversed().map(({ id }) => [above.get(id) ?? caseId, id]));

  function beside(from: string, by: 1 | -1): string {
    const next = byTime[(indexOf.get(from) ?? -2) + by];
    return next && generationOf.get(next.id) === generationOf.get(from) ? next.id : from;
  }
  const to: Record<Step, (from: string) => string | undefined> = {
    ArrowUp: (from) => above.get(from),
    ArrowDown: (from) => below.get(from),
    ArrowLeft: (from) => beside(from, -1),
    ArrowRight: (from) => beside(from, 1),
    Home: () => caseId,
    End: () => byTime.at(-1)?.id,
  };
  return { step: (from, key) => to[key](from) ?? from };
}
