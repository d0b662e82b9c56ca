import type { CompleteDeclaration } from '../declarations/shared/declaration-draft.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';
import { judgeJourney } from '../territory/shared/movement-rules/judge-journey.ts';
import { nationalRules } from '../territory/shared/movement-rules/national-rules.ts';

const nowhere = { origin: [], destination: [], visited: [] };

/** What the rules of the whole country advise, wherever the journey goes. */
export function adviceOnHealth({ health, journey, person }: CompleteDeclaration, at: Date): Advice {
  const { purpose, vehicle } = journey;
  const declared = { health, purpose, vehicle, nationality: person.nationality, age: null };
  return judgeJourney(nationalRules, nowhere, declared, at).advice;
}
