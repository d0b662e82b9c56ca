import type { Transaction } from '../platform/database/transaction.ts';
import { mostCounted } from '../platform/graphql/connection.ts';
import type { Scope } from '../policy/policy.ts';
import { countDoubts, type Doubts } from './mismatches-by-day.service.ts';
import { countPassages } from './passage-list.queries.ts';

export interface DayCounts extends Doubts {
  /** Passages on paper forms that are not keyed in yet. */
  paperOutstanding: number;
}

/** What of a day's passages waits for somebody, and what the population database answered; each at most 10,000. */
export async function dayCounts(tx: Transaction, scope: Scope, from: Date, to: Date): Promise<DayCounts> {
  const outstanding = await countPassages(tx, scope, { from, to, awaitsForm: true });
  return { ...(await countDoubts(tx, scope, from, to)), paperOutstanding: outstanding ?? mostCounted };
}
