import type { MessageSettings } from '../registry-settings.ts';
import type { Spelled } from '../spell-question.ts';

export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The question as SOAP 1.1, its elements in the given order. */
export function writeEnvelope(elements: readonly Spelled[], { requestNamespace }: MessageSettings): string {
  const body = elements.map(({ name, value }) =>
    element(name, name === 'NgayThangNamSinh' ? date(value) : escape(value)),
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${soapNamespace}" xmlns:dan="${escape(requestNamespace)}">` +
    `<soapenv:Header/><soapenv:Body>${element('TraCuuThongTinCongDan', body.join(''))}</soapenv:Body></soapenv:Envelope>`
  );
}

const element = (name: string, content: string) => `<dan:${name}>${content}</dan:${name}>`;

const date = (value: string) => element(value.length === 4 ? 'Nam' : 'NgayThangNam', escape(value));

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML cannot hold at all are left out: a name has none. */
const escape = (text: string) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (one) => escapes[one] ?? one);
