import type { RegistryAnswer, RegistryFailure } from '../registry-port.ts';

export type Failed = Extract<RegistryAnswer, { kind: 'FAILED' }>;

export function failed(why: RegistryFailure, retryable: boolean, detail: string): Failed {
  return { kind: 'FAILED', why, retryable, detail };
}

// As public clients of the platform read them.
const refusals: Readonly<Record<string, string>> = {
  '004': 'gateway code 004: the procedure is not licensed',
  '005': 'gateway code 005: the officer is not authorised',
};

// "errorCode":"004" and <errorCode>004</errorCode>, also as a fault's <faultcode>soapenv:004</faultcode>. Three digits
// and nothing else is taken from such an answer: its words may name a person.
const written = /(?:errorCode|faultcode)["\s]*[:>]\s*"?(?:\w{1,40}[:.]){0,3}(\d{3})\b/i;

/** What a reply means that holds no collection of people; `otherwise` says what is wrong with it where no code does. */
export function failureOf(status: number, text: string, otherwise = `HTTP ${status}`): Failed {
  const code = written.exec(text)?.[1];
  const refusal = code && refusals[code];
  if (refusal) return failed('NOT_AUTHORISED', false, refusal);
  if (status === 401 || status === 403) return failed('NOT_AUTHORISED', false, `HTTP ${status}`);
  if (status === 408 || status === 504) return failed('TIMEOUT', true, `HTTP ${status}`);
  if (code) return failed('FAULT', true, `gateway code ${code}`);
  // 3xx and most of 4xx: what we send, or where, is wrong, and will be wrong again.
  return failed('FAULT', status === 200 || status === 429 || status >= 500, otherwise);
}
