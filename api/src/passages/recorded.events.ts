import { z } from 'zod';
import type { OutboxEvent } from '../platform/outbox/event-handler.ts';

/** Of passages that were stored, and of those whose person is known since their form was keyed in; written where that is done. */
export const passageTopics = ['passages.recorded', 'passages.identified'] as const;

const payload = z.object({ ids: z.array(z.uuid()) });

/** The ids of the passages that these events tell of: nothing else of them, and nothing of a person. */
export const passageIdsOf = (events: readonly OutboxEvent[]): string[] =>
  events.flatMap((event) => payload.parse(event.payload).ids);
