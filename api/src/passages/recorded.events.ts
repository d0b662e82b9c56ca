import { z } from 'zod';
import type { OutboxEvent } from '../platform/outbox/event-handler.ts';

/** Passages that were stored, and passages whose person is known since their form was keyed in. */
export const passageTopics = { recorded: 'passages.recorded', identified: 'passages.identified' } as const;

/** The payload over the rows of a statement that have an `id`: the ids, and nothing of a person. */
export const passagesPayload = `jsonb_build_object('ids', jsonb_agg(id))`;

const payload = z.object({ ids: z.array(z.uuid()) });

/** The ids of the passages that these events tell of. */
export const passageIdsOf = (events: readonly OutboxEvent[]): string[] =>
  events.flatMap((event) => payload.parse(event.payload).ids);
