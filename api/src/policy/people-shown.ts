import type { Action, Reach, Scope } from './policy.ts';

/** How an action shows people: whole, whole for a day after one recorded them oneself, masked, or not at all. */
export type PeopleShown = 'WHOLE' | 'OWN_SHIFT' | 'MASKED' | 'NONE';

/** Whole only to who compares a person with a card at a checkpoint, gives a reason for a search or for merging, traces a case, or calls who comes, by their phone number alone. An action that is not named shows nobody. */
const table: Partial<Record<Action, Partial<Record<Reach, PeopleShown>>>> = {
  'case.close': { JURISDICTION: 'WHOLE' },
  'case.export': { JURISDICTION: 'WHOLE' },
  'case.open': { JURISDICTION: 'WHOLE' },
  'case.trace': { JURISDICTION: 'WHOLE' },
  'case.update': { JURISDICTION: 'WHOLE' },
  'follow-up.read': { JURISDICTION: 'WHOLE' },
  'follow-up.update': { JURISDICTION: 'WHOLE' },
  'case.read': { JURISDICTION: 'WHOLE' },
  'citizen.merge': { JURISDICTION: 'WHOLE' },
  'citizen.search': { JURISDICTION: 'WHOLE' },
  'arrival.call': { JURISDICTION: 'WHOLE' },
  'arrival.list': { JURISDICTION: 'MASKED' },
  'arrival.report': { JURISDICTION: 'MASKED' },
  'declaration.list': { JURISDICTION: 'MASKED' },
  'declaration.read': { JURISDICTION: 'MASKED', OWN_CHECKPOINTS: 'WHOLE' },
  'declaration.record': { OWN_CHECKPOINTS: 'WHOLE' },
  'mismatch.resolve': { JURISDICTION: 'MASKED', OWN_CHECKPOINTS: 'WHOLE' },
  'export.request': { JURISDICTION: 'MASKED' },
  'list.export': { JURISDICTION: 'MASKED' },
  'passage.list': { JURISDICTION: 'MASKED', OWN_CHECKPOINTS: 'OWN_SHIFT' },
  scan: { OWN_CHECKPOINTS: 'WHOLE' },
};

export function peopleShown(action: Action, scope: Pick<Scope, 'checkpointIds'>): PeopleShown {
  return table[action]?.[scope.checkpointIds ? 'OWN_CHECKPOINTS' : 'JURISDICTION'] ?? 'NONE';
}
