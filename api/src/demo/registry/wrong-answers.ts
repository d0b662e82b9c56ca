import { soapAnswer, soapFault } from './soap-answers.ts';
import type { FaultKind } from './faults.ts';
import type { Communes } from './communes.ts';
import type { SimulatedCitizen } from './simulated-citizen.ts';

export interface Answer {
  status: number;
  body: string;
}

type AnsweredFault = Exclude<FaultKind, 'HANG' | 'BROKEN_OFF'>;

const gatewayCode = (errorCode: string): Answer => ({
  status: 400,
  body: JSON.stringify({ errorCode, message: 'Nguyễn Văn Lộ, 038090000001: yêu cầu bị từ chối' }),
});

// Nine levels of ten each: a billion times "lol", if anybody expands it.
const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${'bcdefghi'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefgh'.charAt(index)};`.repeat(10)}">`)
  .join('')}]><lolz>&i;</lolz>`;

/** What comes instead of the right answer. */
export function wrongAnswer(
  fault: AnsweredFault,
  right: string,
  { person, communes }: { person: SimulatedCitizen | null; communes: Communes },
): Answer {
  switch (fault) {
    case 'SERVER_ERROR':
      return { status: 503, body: '<html><body>Service Unavailable</body></html>' };
    case 'SOAP_FAULT':
      return { status: 500, body: soapFault() };
    case 'CODE_004':
      return gatewayCode('004');
    case 'CODE_005':
      return gatewayCode('005');
    case 'TOKEN_REFUSED':
      return { status: 401, body: '' };
    case 'TRUNCATED':
      return { status: 200, body: right.slice(0, right.length / 2) };
    case 'GARBAGE':
      return { status: 200, body: '\u0000\u0001 <<>> {"half": ' };
    case 'WRONG_NAMESPACE':
      return { status: 200, body: soapAnswer(person, communes, 'http://example.org/elsewhere') };
    case 'XML_BOMB':
      return { status: 200, body: bomb };
    case 'OVERSIZED':
      return { status: 200, body: right + ' '.repeat(4 * 1024 * 1024) };
  }
}
