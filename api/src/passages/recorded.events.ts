import { z } from 'zod';
import type { Bus } from '../platform/bus/bus.ts';
import { subjectsOf } from '../platform/bus/subject.ts';
import { Advice } from '../territory/shared/movement-rules/advice.ts';
import { Decision, Direction, type PassageRow } from './passage.row.ts';
import type { Outcome } from './record-passages.ts';
import type { OutboxEvent } from '../platform/outbox/event-handler.ts';

/** Of passages that were stored, and of those whose person is known since their form was keyed in; written where that is done. */
export const passageTopics = ['passages.recorded', 'passages.identified'] as const;

const payload = z.object({ ids: z.array(z.uuid()) });

/** The ids of the passages that these events tell of: nothing else of them, and nothing of a person. */
export const passageIdsOf = (events: readonly OutboxEvent[]): string[] =>
  events.flatMap((event) => payload.parse(event.payload).ids);

// What is told at once of what was recorded: nothing of a person, and without a promise.

const kind = { direction: z.enum(Direction), decision: z.enum(Decision), flagged: z.boolean() };
const news = z.object({
  transaction: z.number(),
  passages: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      ...kind,
      advice: z.enum(Advice).nullable(),
      /** What it takes the place of. */
      corrected: z.object(kind).nullable(),
    }),
  ),
});

export type PassageNews = z.infer<typeof news>['passages'][number];

/** Passages of one checkpoint that a transaction recorded. */
export type RecordedNews = z.infer<typeof news> & { checkpointId: string };

export const newsSubject = subjectsOf('traffic');

export function readNews(subject: string, text: string): RecordedNews {
  return { ...news.parse(JSON.parse(text)), checkpointId: newsSubject.checkpointOf(subject) };
}

/** Tells of what is new, once it is committed: one message a checkpoint. */
export function tellRecorded(bus: Bus, outcomes: readonly Outcome[]): void {
  const told = outcomes.flatMap((one) =>
    one.kind === 'RECORDED' && one.news ? [{ row: one.row, news: one.news }] : [],
  );
  for (const [checkpointId, own] of Map.groupBy(told, ({ row }) => row.checkpoint_id)) {
    const [first] = own;
    if (!first) continue;
    const { transaction } = first.news;
    const passages = own.map(({ row, news: { corrected } }) => ({
      id: row.id,
      at: row.occurred_at.getTime(),
      ...kindOf(row),
      advice: row.advice,
      corrected: corrected && kindOf(corrected),
    }));
    bus.tell(newsSubject.of(first.row.province_code, checkpointId), JSON.stringify({ transaction, passages }));
  }
}

const kindOf = ({ direction, decision, flagged }: PassageRow) => ({ direction, decision, flagged });
