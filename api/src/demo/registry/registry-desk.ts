import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from './faults.ts';
import { jsonAnswer, readJsonQuestion } from './json-answers.ts';
import type { Population } from './population.ts';
import type { SimulatedTokens } from './simulated-tokens.ts';
import { readSoapQuestion, soapAnswer } from './soap-answers.ts';
import { wrongAnswer } from './wrong-answers.ts';

export interface Desk {
  population: Population;
  faults: Faults;
  tokens: SimulatedTokens;
  /** How often each number was asked about. */
  asked: Map<string, number>;
}

const languages = {
  '/soap': { type: 'text/xml; charset=utf-8', read: readSoapQuestion, answer: soapAnswer },
  '/json': { type: 'application/json; charset=utf-8', read: readJsonQuestion, answer: jsonAnswer },
};

/** The platform as a client sees it: /token, /soap and /json. */
export function answerAtDesk(desk: Desk): RequestListener {
  return (request, response) => void serve(desk, request, response).catch(() => end(response, 400, ''));
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const path = new URL(request.url ?? '/', 'http://registry').pathname;
  if (path === '/token') {
    const token = desk.tokens.issue(request.headers.authorization);
    return end(response, token ? 200 : 401, JSON.stringify(token ?? { error: 'invalid_client' }));
  }
  if (path !== '/soap' && path !== '/json') return end(response, 404, '');
  if (!desk.tokens.accepts(request.headers.authorization)) return end(response, 401, '');
  await answer(desk, languages[path], body, response);
}

async function answer(
  desk: Desk,
  language: (typeof languages)['/soap' | '/json'],
  body: string,
  response: ServerResponse,
): Promise<void> {
  const { latencyMs } = desk.faults.current;
  const fault = desk.faults.next();
  if (fault === 'HANG') return;
  if (latencyMs > 0) await wait(latencyMs);
  if (fault === 'BROKEN_OFF') return void response.destroy();
  const question = language.read(body);
  if (!question) return end(response, 400, '');
  const number = question.idNumber || question.formerIdNumber;
  desk.asked.set(number, (desk.asked.get(number) ?? 0) + 1);
  const person = desk.population.find(question);
  const { communes } = desk.population;
  const right = language.answer(person, communes);
  const given = fault ? wrongAnswer(fault, right, { person, communes }) : { status: 200, body: right };
  response.setHeader('content-type', language.type);
  end(response, given.status, given.body);
}

function end(response: ServerResponse, status: number, body: string): void {
  if (!response.headersSent) response.writeHead(status);
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text;
}
