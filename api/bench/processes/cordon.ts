// The server under test, whole, as production runs it.
import 'reflect-metadata';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { startCordon } from '#api/main.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { benchConfig } from '../settings.ts';
import { answerCalls } from './calls.ts';

const statements: string[] = [];

/** Keeps the text of every statement; only where they are counted, since it takes time. */
function keepStatements(): void {
  const query: (...args: unknown[]) => unknown = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [config] = args as [string | { text: string }];
    statements.push(typeof config === 'string' ? config : config.text);
    return query.apply(this, args);
  } as never;
}

const entry = /, entry as \(insert into audit_entry .*? from added having count\(\*\) > 0\)/;
// From id to leaf_hash: the last values of the statement.
const entryValues = 12;

/** Sends the statement that stores a batch without its entry in the audit trail, and otherwise as it is. */
function leaveOutEntries(): void {
  const query: (...args: unknown[]) => unknown = pg.Client.prototype.query;
  const shortened = new Map<string, string>();
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [text, values] = args as [unknown, unknown[]];
    if (typeof text !== 'string' || !text.startsWith('with added as (insert into passage'))
      return query.apply(this, args);
    const short = shortened.get(text) ?? text.replace(entry, '');
    if (short === text) throw new Error('The statement has no entry to leave out.');
    shortened.set(text, short);
    return query.call(this, short, values.slice(0, -entryValues));
  } as never;
}

if (process.env['WITHOUT_AUDIT_ENTRIES']) leaveOutEntries();
if (process.env['COUNT_STATEMENTS']) keepStatements();
const running = startCordon(benchConfig(process.env['BENCH_DATABASE'] ?? ''), createLogger('error'));

answerCalls(
  {
    url: async () => (await running).url.replace('localhost', '127.0.0.1'),
    statements: () => statements.splice(0),
    /** What cannot be let go of, in MiB. */
    heap: async () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      // What the first one lets go of may hold what the second does.
      collect();
      await turn();
      collect();
      const { heapUsed, external } = process.memoryUsage();
      return (heapUsed + external) / 2 ** 20;
    },
  },
  async () => (await running).stop(),
);
