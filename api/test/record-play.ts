import { request } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { recordDocument, type PassageInput, type Recorded } from './builders.ts';
import type { Break } from './breaking-proxy.ts';
import type { Acknowledged } from './record-history.ts';

/** What happens to the servers while a batch is under way, besides its own connection. */
export type Blow = 'none' | 'backends' | 'kill';

export interface Sending {
  batch: PassageInput[];
  /** Which of the nodes is tried first. */
  node: number;
  break: Break;
  blow: Blow;
  /** Sent once more although it was acknowledged. */
  again: boolean;
}

export interface Stage {
  urls: string[];
  strike(blow: Blow): Promise<void>;
  cookie: string;
}

const longestTries = 60;

/** Plays clients against the nodes, all at once, each in its own order, until every batch is acknowledged. */
export async function play(stage: Stage, clients: Sending[][]): Promise<Acknowledged[]> {
  const histories = await Promise.all(clients.map((sendings) => playOne(stage, sendings)));
  return histories.flat();
}

async function playOne(stage: Stage, sendings: Sending[]): Promise<Acknowledged[]> {
  const history: Acknowledged[] = [];
  for (const sending of sendings) {
    history.push(await sendUntilAnswered(stage, sending));
    if (sending.again) history.push(await sendUntilAnswered(stage, { ...sending, break: 'nothing', blow: 'none' }));
  }
  return history;
}

/** What broke once is not broken again: a later try goes to the next node. */
async function sendUntilAnswered(stage: Stage, { batch, node, blow, ...sending }: Sending): Promise<Acknowledged> {
  for (let attempt = 0; attempt < longestTries; attempt += 1) {
    const url = stage.urls[(node + attempt) % stage.urls.length] ?? '';
    const answer = post(url, stage.cookie, batch, attempt === 0 ? sending.break : 'nothing');
    if (attempt === 0) await stage.strike(blow);
    const results = await answer;
    if (results) return { batch, results };
    await after(5 * attempt);
  }
  throw new Error(`No answer after ${longestTries} tries.`);
}

/** The results, or null where no whole answer came: cut, refused, or an error, which says that nothing was stored. */
function post(url: string, cookie: string, batch: PassageInput[], fault: Break): Promise<Recorded[] | null> {
  const body = JSON.stringify({ query: recordDocument, variables: { input: batch } });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    cookie,
    'x-break': fault,
  };
  return new Promise((resolve) => {
    const sent = request(`${url}/graphql`, { method: 'POST', headers, agent: false, timeout: 15_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
      response.on('error', () => resolve(null));
      response.on('close', () => resolve(response.complete ? resultsIn(text) : null));
    });
    sent.on('error', () => resolve(null));
    sent.on('timeout', () => sent.destroy());
    sent.end(body);
  });
}

function resultsIn(text: string): Recorded[] | null {
  const { data } = JSON.parse(text) as { data?: { recordPassages?: Recorded[] } | null };
  return data?.recordPassages ?? null;
}
