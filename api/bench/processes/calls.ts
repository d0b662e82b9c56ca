import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Call {
  call: number;
  name: string;
  argument: unknown;
}

interface Reply {
  reply: number;
  result?: unknown;
  failed?: string;
}

/** A process of its own, so that its CPU time can be told from ours; it answers calls, and ends when told or left alone. */
export class Process {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  #calls = 0;

  constructor(file: string, env: Record<string, string> = {}) {
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      execArgv: [...process.execArgv, ...(env['NODE_ARGUMENTS']?.split(' ') ?? [])],
      serialization: 'advanced',
    });
    this.pid = this.#child.pid ?? 0;
    this.#child.on('message', (message: Partial<Reply>) => this.#settle(message));
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended.`));
    });
  }

  call<Result>(name: string, argument: unknown = null): Promise<Result> {
    const call = (this.#calls += 1);
    this.#child.send({ call, name, argument } satisfies Call);
    return new Promise((resolve, reject) => this.#waiting.set(call, { resolve, reject }));
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = new Promise((resolve) => this.#child.on('exit', resolve));
    this.#child.disconnect();
    await exited;
  }

  #settle({ reply, result, failed }: Partial<Reply>): void {
    const waiting = this.#waiting.get(reply ?? 0);
    this.#waiting.delete(reply ?? 0);
    if (failed === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(failed));
  }
}

type Handler = (argument: never) => unknown;

/** The other end: answers each call by the function of its name. */
export function answerCalls(
  handlers: Record<string, Handler>,
  stop: () => Promise<void> = async () => undefined,
): void {
  process.on('message', ({ call, name, argument }: Call) => {
    void (async () => handlers[name]?.(argument as never))().then(
      (result) => process.send?.({ reply: call, result }),
      (error: Error) => process.send?.({ reply: call, failed: error.stack ?? error.message }),
    );
  });
  process.on('disconnect', () => void stop().finally(() => process.exit(0)));
}
