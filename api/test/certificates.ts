import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate of localhost with its key, PEM both. */
export interface Certified {
  certificate: string;
  key: string;
}

/** A certification authority for one test run, in DER written by hand: not every machine has openssl. */
export function anAuthority(name: string): { certificate: string; certify(subject: string): Certified } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issue = (subject: string, subjectKey: KeyObject, extensions: Buffer) =>
    certificateOf({ issuer: name, issuerKey: privateKey, subject, subjectKey, extensions });
  return {
    certificate: issue(name, publicKey, extension('55 1d 13', sequence(boolean()), boolean())),
    certify(subject) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const forLocalhost = extension('55 1d 11', sequence(der(0x82, Buffer.from('localhost'))));
      return {
        certificate: issue(subject, pair.publicKey, forLocalhost),
        key: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      };
    },
  };
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const identifier = (hex: string) => der(0x06, Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const boolean = () => der(0x01, Buffer.from([0xff]));
const extension = (id: string, value: Buffer, ...critical: Buffer[]) =>
  sequence(identifier(id), ...critical, der(0x04, value));
const commonName = (name: string) =>
  sequence(der(0x31, sequence(identifier('55 04 03'), der(0x0c, Buffer.from(name)))));
const ecdsaWithSha256 = sequence(identifier('2a 86 48 ce 3d 04 03 02'));
const time = (at: number) =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

const hour = 3_600_000;

function certificateOf(of: {
  issuer: string;
  issuerKey: KeyObject;
  subject: string;
  subjectKey: KeyObject;
  extensions: Buffer;
}): string {
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(of.issuer),
    sequence(time(Date.now() - hour), time(Date.now() + hour)),
    commonName(of.subject),
    of.subjectKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(of.extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, of.issuerKey));
  const base64 = sequence(content, ecdsaWithSha256, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}
