import { newDraft, type Draft } from './draft.ts';

/** The way back is offered where the last journey began at home: the address of its new end is known then. */
export function canTurn({ people, journey }: Draft): boolean {
  const home = people[0]?.permanent?.unit;
  return !!home && !!journey.destination && journey.origin?.code === home.code;
}

export function turnRound({ people, journey }: Draft): void {
  [journey.origin, journey.destination] = [journey.destination, journey.origin];
  journey.destinationLine = people[0]?.permanent?.line ?? '';
  journey.stay = null;
  journey.purpose = 'HOME';
}

/** A blank form for somebody else; what is remembered of this phone's own person stays. */
export function startAnew(draft: Draft): void {
  Object.assign(draft, newDraft(true));
}
