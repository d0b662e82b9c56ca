import type { RequestTrail } from '../audit/request-trail.ts';
import type { Transaction, RowScope } from '../database/transaction.ts';
import type { Locale } from './locale.ts';
import type { Loaders } from './loaders.ts';
import type { RequestTransactions } from './request-transactions.ts';

/** Who is asking, as far as the platform needs to know; policy/ knows the rest. */
export interface ContextViewer {
  accountId: string;
  rowScope: RowScope;
}

/** Of who asks on a budget, and whose errors are kept for those who look after it. */
export interface Metered {
  /** Takes an operation's cost, or refuses. */
  charge(cost: number): Promise<void>;
  noteError(code: string, field: string): Promise<void>;
}

export interface CookieWriter {
  set(token: string, expires: Date): void;
  clear(): void;
  /** What this browser is known by when somebody signs in; it opens nothing. */
  readonly device: string | null;
  setDevice(value: string, expires: Date): void;
}

/** What a request carries to every resolver. */
export interface RequestContext<Viewer extends ContextViewer = ContextViewer> {
  requestId: string;
  locale: Locale;
  ip: string;
  userAgent: string;
  at: Date;
  viewer: Viewer | null;
  sessionToken: string | null;
  cookies: CookieWriter;
  transactions: RequestTransactions;
  loaders: Loaders;
  /** What this request shows whole, and what it is refused. */
  trail: RequestTrail;
  /** Null for who has no budget: everybody but partner apps. */
  metered: Metered | null;
  /** The operation's transaction with the viewer's scope, or with a narrower one where nobody is signed in. */
  transaction(scope?: RowScope): Promise<Transaction>;
}
