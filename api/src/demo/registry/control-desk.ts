import type { IncomingMessage, RequestListener } from 'node:http';
import { z } from 'zod';
import { faultKinds, noFault } from './faults.ts';
import type { Desk } from './registry-desk.ts';

const order = z.strictObject({
  fault: z.enum(faultKinds).nullable().default(null),
  times: z.int().positive().nullable().default(null),
  latencyMs: z.int().min(0).max(600_000).default(0),
});

const usage = `PUT /fault {"fault": one of ${faultKinds.join(' ')}, "times": 3, "latencyMs": 500}; DELETE /fault; DELETE /tokens; GET /`;

/** Where people and tests switch faults: GET / tells what was asked, PUT and DELETE /fault set one, DELETE /tokens ends all. */
export function controlDesk(desk: Desk): RequestListener {
  return (request, response) => {
    void obey(desk, request)
      .catch(() => null)
      .then((answer) => {
        response.writeHead(answer ? 200 : 400, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify(answer ?? { usage })}\n`);
      });
  };
}

async function obey(desk: Desk, request: IncomingMessage): Promise<object | null> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /':
      break;
    case 'PUT /fault':
      desk.faults.set(order.parse(JSON.parse(await readText(request))));
      break;
    case 'DELETE /fault':
      desk.faults.set(noFault);
      break;
    case 'DELETE /tokens':
      desk.tokens.expireAll();
      break;
    default:
      return null;
  }
  return stateOf(desk);
}

function stateOf({ faults, tokens, asked }: Desk) {
  const questions = [...asked.values()].reduce((sum, times) => sum + times, 0);
  return { ...faults.current, questions, people: asked.size, tokensIssued: tokens.issued, usage };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
