import type { PassageNews, RecordedNews } from '../passages/recorded.events.ts';
import { addCounts, count, noCounts, type Counts } from './counts.ts';
import type { Hit } from './hits.queries.ts';
import type { RecentPassage } from './picture.queries.ts';
import { readSnapshot, saw, type Snapshot } from './snapshot.ts';
import { StandingAlerts } from './standing-alerts.ts';
import { nothingTaken, type Taken } from './taken.ts';
import type { TrafficBook } from './traffic-book.ts';

/** What happened at each checkpoint since the beat before, and who passed. */
export interface Beat {
  counts: ReadonlyMap<string, Counts>;
  passages: readonly RecentPassage[];
}

const keptRecent = 200;

/**
 * A province as this node knows it: a picture of the database, and the news that the picture did not see. The news of a transaction are
 * counted once, however late they come, since a picture says which transactions it saw.
 */
export class ProvinceTraffic {
  #taken: Taken = nothingTaken();
  #snapshot: Snapshot = readSnapshot('');
  #known = false;
  /** Takes in again what was told while the next picture is taken, which may not have seen it; null: none is being taken. */
  #meanwhile: Array<() => void> | null = null;
  readonly #recent: RecentPassage[] = [];
  readonly alerts = new StandingAlerts();
  /** Since the last beat. */
  readonly #beat = new Map<string, Counts>();
  #beatPassages: RecentPassage[] = [];
  askedAt: number;

  constructor(now: number) {
    this.askedAt = now;
  }

  /** False until the first picture was taken. */
  get isKnown(): boolean {
    return this.#known;
  }

  get taken(): Taken {
    return this.#taken;
  }

  get book(): TrafficBook {
    return this.#taken.book;
  }

  /** The latest passages that this node heard of, newest first. */
  get recent(): readonly RecentPassage[] {
    return this.#recent;
  }

  /** A second went by: the day may be over, and something may be the matter. */
  turn(now: number): void {
    this.book.turn(now);
    this.alerts.look(this.#taken, now);
  }

  /** Somebody on the watch list was stopped. */
  hearHit(hit: Hit): void {
    this.#meanwhile?.push(() => this.#keepHit(hit));
    this.#keepHit(hit);
  }

  beginPicture(): void {
    this.#meanwhile = [];
  }

  giveUpPicture(): void {
    this.#meanwhile = null;
  }

  /** The picture in place of what was known; what differs, nobody had told this node of. */
  endPicture(taken: Taken, now: number): void {
    const before = this.#known ? this.#taken : taken;
    // The day of which it was taken may be over.
    taken.book.turn(now);
    this.#known = true;
    this.#taken = taken;
    this.#snapshot = readSnapshot(taken.snapshot);
    for (const takeIn of this.#meanwhile ?? []) takeIn();
    this.#meanwhile = null;
    for (const id of taken.checkpoints.keys()) this.#noteUntold(id, before.book.at(id).today, taken.book.at(id).today);
    this.alerts.look(this.#taken, now);
  }

  hear(news: RecordedNews): void {
    this.#meanwhile?.push(() => this.#countNews(news));
    if (!this.#known) return;
    this.#countNews(news);
    for (const passage of news.passages) this.#noteForBeat(news.checkpointId, passage);
  }

  takeBeat(): Beat {
    const taken = { counts: new Map(this.#beat), passages: this.#beatPassages };
    this.#beat.clear();
    this.#beatPassages = [];
    return taken;
  }

  #keepHit(hit: Hit): void {
    const { hits } = this.#taken;
    if (!hits.some(({ id }) => id === hit.id)) this.#taken = { ...this.#taken, hits: [hit, ...hits] };
  }

  #countNews({ transaction, checkpointId, passages }: RecordedNews): void {
    if (saw(this.#snapshot, transaction)) return;
    for (const { at, corrected, ...passage } of passages)
      this.book.add(checkpointId, { ...passage, at }, corrected && { ...corrected, at });
  }

  /** A correction is not somebody who passes; the numbers of the day change all the same. */
  #noteForBeat(checkpointId: string, { id, at, corrected, advice, ...kind }: PassageNews): void {
    const counts = this.#beat.get(checkpointId) ?? noCounts();
    this.#beat.set(checkpointId, counts);
    if (corrected || kind.decision === 'VOID') return;
    count(counts, kind);
    const passage = { id, checkpointId, ...kind, advice, occurredAt: new Date(at) };
    this.#beatPassages.push(passage);
    this.#recent.unshift(passage);
    if (this.#recent.length > keptRecent) this.#recent.pop();
  }

  #noteUntold(checkpointId: string, before: Readonly<Counts>, after: Readonly<Counts>): void {
    const more = (name: keyof Counts) => Math.max(0, after[name] - before[name]);
    const untold = { in: more('in'), out: more('out'), refused: more('refused'), flagged: more('flagged') };
    const counts = this.#beat.get(checkpointId) ?? noCounts();
    addCounts(counts, untold);
    this.#beat.set(checkpointId, counts);
  }
}
