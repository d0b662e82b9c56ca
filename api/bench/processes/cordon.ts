// The server under test, whole, as production runs it.
import 'reflect-metadata';
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

if (process.env['COUNT_STATEMENTS']) keepStatements();
const running = startCordon(benchConfig(process.env['BENCH_DATABASE'] ?? ''), createLogger('error'));

answerCalls(
  {
    url: async () => (await running).url.replace('localhost', '127.0.0.1'),
    statements: () => statements.splice(0),
  },
  async () => (await running).stop(),
);
