import pg from 'pg';

export interface Counted<T> {
  result: T;
  /** The statements of this process's servers in order, without the session's and those that leave in a packet with others. */
  data: string[];
  /** All of them. */
  all: string[];
}

const frame = /^(begin|commit|rollback|set local|select set_scope\()|from viewers_of_sessions\(/;
/** What each node asks beside all requests: whether its memory is still that of the database, and which keys it holds. */
const watch = /as revision from epidemic_zone$|from administrative_reform\) as units,|^insert into key_holder /;
type Query = (this: pg.Client, ...args: unknown[]) => unknown;

interface Sent {
  by: pg.Client;
  text: string;
}

/** The texts that were sent, without the transactions, and single statements, in which a node only looks after its own memory. */
export function ofRequests<Connection>(sent: ReadonlyArray<{ by: Connection; text: string }>): string[] {
  const current = new Map<Connection, symbol>();
  const within = sent.map(({ by, text }) => {
    if (text === 'begin') current.set(by, Symbol('a transaction'));
    const own = current.get(by) ?? Symbol('a statement by itself');
    if (text === 'commit' || text === 'rollback') current.delete(by);
    return own;
  });
  const watches = new Set(sent.flatMap(({ text }, at) => (watch.test(text) ? [within[at]] : [])));
  return sent.filter((_, at) => !watches.has(within[at])).map(({ text }) => text);
}

/** Listens to what this process's connections of a role send while the work is done: the API's, where nothing else is said. */
export async function countStatements<T>(work: () => Promise<T>, role = 'cordon_api'): Promise<Counted<T>> {
  const sent: Sent[] = [];
  const original = pg.Client.prototype.query as Query;
  pg.Client.prototype.query = function listen(this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text?: string }];
    const text = typeof first === 'string' ? first : (first.text ?? '');
    if (this.user === role) sent.push({ by: this, text });
    return original.apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    const result = await work();
    const all = ofRequests(sent);
    return { result, all, data: all.filter((text) => !frame.test(text)) };
  } finally {
    pg.Client.prototype.query = original as typeof pg.Client.prototype.query;
  }
}

/** For a snapshot: one line a clause, parameters of a batch shortened. */
export const readable = (statements: string[]): string =>
  statements
    .map((text) =>
      text
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/(\(\$1,[^)]*\))(, ?\([^)]*\))+/, '$1, …'),
    )
    .join(';\n');
