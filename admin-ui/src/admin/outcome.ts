import type { Advice, Decision } from '../gql/admin/graphql.ts';

const outcomes = {
  ADMITTED: 'ADMIT',
  REFUSED: 'REFUSE',
  ISOLATED: 'EXAMINE',
  VOID: null,
  ADMIT: 'ADMIT',
  EXAMINE: 'EXAMINE',
  REFUSE: 'REFUSE',
} as const;

/** Which of the three outcomes a decision or an advice looks like; null for a passage that did not happen. */
export const outcomeOf = (of: Decision | Advice): Advice | null => outcomes[of];
