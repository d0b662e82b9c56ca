import type { GraphQLSchema } from 'graphql';

/** What happened, or how to load what is shown of it, in the transaction of who is shown it; null where that is gone by now. */
export type FeedEvent = object | Load;
type Load = (context: never) => Promise<object | null>;

/** Nobody is told of an event of which there is nothing to show any more. */
export class NothingToShow extends Error {}

/** What a feed gives: an event and, for who missed one before it, what makes up for that. */
export interface Emission {
  event: FeedEvent;
  /** Made only where somebody needs it; absent: the event alone. */
  whole?: () => object;
}

export type Deliver = (emission: Emission) => void;

/** A feed that was opened. */
export interface Source {
  end(): void;
  /** Somebody joined who knows nothing yet. */
  wake?(): void;
}

/**
 * Where the events of a subscription come from: what its resolver method answers. Feeds of one key give the same events, so that what
 * is made of one is made once for all their subscribers. It is never iterated: an iterator for each reader costs more than all else
 * (docs/decisions/031-live.md).
 */
export class Feed {
  readonly key: string;
  readonly open: (deliver: Deliver) => Source;

  constructor(key: string, open: (deliver: Deliver) => Source) {
    this.key = key;
    this.open = open;
  }

  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error('A feed is delivered, not iterated.');
  }
}

/** For the decorator, which wants one; openFeeds puts the resolver's method in its place. */
export const fromFeed = {
  subscribe: (): AsyncIterable<never> => {
    throw new Error('The feeds of this schema were not opened.');
  },
};

/** type-graphql asks for one where there are subscriptions. Nothing is published through it: its buffers are shared between readers. */
export const noPubSub = {
  publish(): never {
    throw new Error('Events come through feeds.');
  },
  subscribe(): never {
    throw new Error('Events come through feeds.');
  },
};

/** Lets a subscription's method answer its feed, and each event be the root of its result. */
export function openFeeds(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const method = field.resolve;
    if (method) field.subscribe = method;
    field.resolve = (event: FeedEvent, _, context) =>
      typeof event === 'function' ? load(event as Load, context) : event;
  }
  return schema;
}

async function load(event: Load, context: unknown): Promise<object> {
  const shown = await event(context as never);
  if (!shown) throw new NothingToShow();
  return shown;
}
