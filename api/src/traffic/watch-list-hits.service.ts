import { tellNodes } from '../platform/bus/notices.ts';
import type { EventHandler } from '../platform/outbox/event-handler.ts';
import { readHit, watchListHitTopic } from '../watchlist/watch-list.events.ts';
import { hitSubject } from './hit-notice.ts';
import { keepHits } from './hits.queries.ts';

/** Keeps where somebody on the watch list was stopped: the wall screen shows today's. */
export const watchListHits = (now: () => Date): EventHandler => ({
  name: 'watch-list-hits',
  topics: [watchListHitTopic],
  async handle(tx, province, events) {
    const hits = events.map((event) => {
      const { checkpointId, at } = readHit(event);
      return { id: event.id, checkpointId, at: new Date(at) };
    });
    await keepHits(tx, province, hits, now().getTime());
    const notices = hits.map(({ checkpointId, ...hit }) => ({
      subject: hitSubject.of(province, checkpointId),
      text: JSON.stringify(hit),
    }));
    await tellNodes(tx, notices);
  },
});
