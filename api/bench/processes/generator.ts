// Sends requests over connections that stay open, and checks every answer. By hand on sockets: a client of Node's own takes
// as much CPU as the servers that are compared.
import { connect, type Socket } from 'node:net';
import { answerCalls } from './calls.ts';

export interface Load {
  name: string;
  url: string;
  cookie: string;
  bodies: string[];
  /** What every answer holds, and what none may. */
  expected: string;
  unwanted: string;
}

export interface Run {
  name: string;
  connections: number;
  count: number;
}

export interface RunResult {
  seconds: number;
  /** The body of one answer, for comparing. */
  sample: string;
}

const headEnd = Buffer.from('\r\n\r\n');

class Connection {
  readonly #socket: Socket;
  isOpen = true;
  #parts: Buffer[] = [];
  #done: (answer: Buffer) => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;

  constructor(url: URL) {
    this.#socket = connect(Number(url.port), url.hostname).setNoDelay(true);
    this.#socket.on('data', (part) => this.#take(part));
    this.#socket.on('error', (error) => this.#failed(error));
    this.#socket.on('close', () => {
      this.isOpen = false;
      this.#failed(new Error('The server closed a connection.'));
    });
  }

  send(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      this.#socket.write(request);
    });
  }

  #take(part: Buffer): void {
    this.#parts.push(part);
    const answer = this.#parts.length === 1 ? part : Buffer.concat(this.#parts);
    const head = answer.indexOf(headEnd);
    if (head < 0) return;
    const length = /content-length: (\d+)/i.exec(answer.toString('latin1', 0, head))?.[1];
    if (answer.length < head + headEnd.length + Number(length)) return;
    this.#parts = [];
    this.#done(answer);
  }
}

class Target {
  readonly load: Load;
  readonly #requests: Buffer[];
  #next = 0;

  constructor(load: Load) {
    this.load = load;
    const { host, pathname } = new URL(load.url);
    const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\naccept-language: vi\r\ncookie: ${load.cookie}\r\ncontent-length: `;
    this.#requests = load.bodies.map((body) => Buffer.from(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`));
  }

  async run({ connections, count }: Run): Promise<RunResult> {
    let left = count;
    let sample = Buffer.alloc(0);
    const started = performance.now();
    await Promise.all(
      connectionsTo(this.load.url, connections).map(async (connection) => {
        while (left > 0) {
          left -= 1;
          sample = this.#checked(await connection.send(this.#take()));
        }
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    return { seconds, sample: sample.toString('utf8', sample.indexOf(headEnd) + headEnd.length) };
  }

  #take(): Buffer {
    const request = this.#requests[this.#next % this.#requests.length];
    this.#next += 1;
    return request ?? Buffer.alloc(0);
  }

  #checked(answer: Buffer): Buffer<ArrayBuffer> {
    const { expected, unwanted } = this.load;
    const right =
      answer.toString('latin1', 0, 12) === 'HTTP/1.1 200' && answer.includes(expected) && !answer.includes(unwanted);
    if (!right) throw new Error(`${this.load.name}: a wrong answer: ${answer.toString().slice(0, 2_000)}`);
    return answer as Buffer<ArrayBuffer>;
  }
}

const open = new Map<string, Connection[]>();

function connectionsTo(address: string, count: number): Connection[] {
  const url = new URL(address);
  // A server closes what was idle for some seconds.
  const kept = (open.get(url.host) ?? []).filter(({ isOpen }) => isOpen);
  open.set(url.host, kept);
  while (kept.length < count) kept.push(new Connection(url));
  return kept.slice(0, count);
}

const targets = new Map<string, Target>();

answerCalls({
  load: (load: Load) => void targets.set(load.name, new Target(load)),
  run: (run: Run) => targets.get(run.name)?.run(run),
});
