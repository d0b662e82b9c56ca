import http from 'node:http';
import https from 'node:https';
import type { TransportSettings } from '../registry-settings.ts';
import { withinTime } from '../time-limit.ts';
import { failed, type Failed } from './failure.ts';

export interface Message {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export type Reply = { kind: 'REPLY'; status: number; text: string } | Failed;
export type Exchange = (message: Message, signal: AbortSignal) => Promise<Reply>;

// One person is about 3 kB of XML.
const mostBytes = 256 * 1024;
const mostConnections = 64;
// Of a connection that waits for the next question: platforms and firewalls drop idle ones without a word.
const idleMs = 4_000;

/** Posts one message and reads one reply: bounded in bytes and in time, never redirected, never decompressed. */
export function createExchange(transport: TransportSettings): Exchange {
  const agents = createAgents(transport);
  return ({ url, headers, body }, signal) =>
    withinTime(signal, transport.timeoutMs, async (ending) => {
      try {
        const response = await send(new URL(url), { agents, headers, body, signal: ending });
        return await readReply(response);
      } catch (error) {
        if (ending.aborted) return failed('TIMEOUT', true, signal.aborted ? 'given up' : 'no answer in time');
        return failed('FAULT', true, codeOf(error));
      }
    });
}

interface Agents {
  http: http.Agent;
  https: https.Agent;
}

function createAgents({ certificate, key, authority, proxy }: TransportSettings): Agents {
  const common = {
    keepAlive: true,
    maxSockets: mostConnections,
    timeout: idleMs,
    ...(proxy ? { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } } : {}),
  };
  const tls = {
    minVersion: 'TLSv1.2' as const,
    ...(certificate && key ? { cert: certificate, key } : {}),
    ...(authority ? { ca: authority } : {}),
  };
  return { http: new http.Agent(common), https: new https.Agent({ ...common, ...tls }) };
}

interface Sending {
  agents: Agents;
  headers: Readonly<Record<string, string>>;
  body: string;
  signal: AbortSignal;
}

function send(url: URL, { agents, headers, body, signal }: Sending): Promise<http.IncomingMessage> {
  const secure = url.protocol === 'https:';
  const options = {
    method: 'POST',
    agent: secure ? agents.https : agents.http,
    signal,
    headers: { ...headers, 'content-length': Buffer.byteLength(body), 'accept-encoding': 'identity' },
  };
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function readReply(response: http.IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) return failed('FAULT', true, `a reply of more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  const text = decode(Buffer.concat(chunks));
  if (text === null) return failed('FAULT', true, 'a reply that is not UTF-8');
  return { kind: 'REPLY', status: response.statusCode ?? 0, text };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The code of a failed connection; never its message, which may repeat what was sent. */
function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'the connection failed';
}
