import type { Transaction } from '../platform/database/transaction.ts';
import type { EventHandler } from '../platform/outbox/event-handler.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { CheckPriority, enqueueChecks, type Check } from '../registry/enqueue-checks.service.ts';
import type { PassageRow } from './passage.row.ts';
import { passageIdsOf, passageTopics } from './recorded.events.ts';

const known = {
  name: 'passages-to-check',
  text: `select citizen_id, checkpoint_id, unit_id, occurred_at, declaration_province, declaration_id, declaration_occurred_at, flagged
         from passage where province_code = $1 and id = any($2) and occurred_at between $3 and $4 and citizen_id is not null and decision <> 'VOID'`,
};
type PassageToCheck = Pick<
  PassageRow,
  | 'checkpoint_id'
  | 'unit_id'
  | 'occurred_at'
  | 'declaration_province'
  | 'declaration_id'
  | 'declaration_occurred_at'
  | 'flagged'
> & { citizen_id: string };

/** Whoever passed, or is now known to have passed, is to be looked up in the population database. */
export function passageChecks(now: () => Date): EventHandler {
  return {
    name: 'registry-checks',
    topics: passageTopics,
    async handle(tx: Transaction, province, events) {
      const ids = passageIdsOf(events);
      const times = ids.map((id) => uuid7Time(id) ?? 0);
      // The span names the weeks to look in.
      const span = [new Date(Math.min(...times)), new Date(Math.max(...times))];
      const passages = await tx.rows<PassageToCheck>(known, [province, ids, ...span]);
      await enqueueChecks(tx, province, passages.map(toCheck), now());
    },
  };
}

function toCheck(passage: PassageToCheck): Check {
  const { declaration_province: province, declaration_id: id, declaration_occurred_at: occurredAt } = passage;
  return {
    citizenId: passage.citizen_id,
    checkpointId: passage.checkpoint_id,
    unitId: passage.unit_id,
    passedAt: passage.occurred_at,
    declaration: province && id && occurredAt ? { province, id, occurredAt } : null,
    priority: passage.flagged ? CheckPriority.FLAGGED : CheckPriority.USUAL,
  };
}
