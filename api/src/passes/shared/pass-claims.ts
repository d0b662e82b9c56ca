import { encode } from 'cborg';
import { Advice } from '#api/territory/shared/movement-rules/advice.ts';
import { readPlate } from '#api/declarations/shared/plate.ts';
import { readBirthDate } from '#api/people/shared/birth-date.ts';
import { nfc } from '#api/platform/shared/text.ts';
import { uuidFromBytes, uuidToBytes } from '#api/platform/shared/uuid7.ts';
import { decodeStrictly, sameBytes } from './cose-sign1.ts';

type Perhaps<T> = T | null | undefined;

/** What a pass says of its declaration. No symptoms: only the advice that the answers led to. */
export interface PassClaims {
  provinceCode: string;
  /** The declaration's id. */
  id: string;
  /** To the second. */
  expiresAt: Date;
  /** At most 32 bytes of UTF-8, see `cutName`. */
  fullName?: Perhaps<string>;
  dateOfBirth?: Perhaps<string>;
  /** The last three characters of the number or passport. */
  documentEnding?: Perhaps<string>;
  plate?: Perhaps<string>;
  originCode?: Perhaps<string>;
  /** The commune of the address at the destination. */
  destinationCode?: Perhaps<string>;
  /** To the second. */
  testedAt?: Perhaps<Date>;
  vaccineDoses?: Perhaps<number>;
  advice?: Perhaps<Advice>;
  rulesVersion?: Perhaps<number>;
}

// The keys of the payload's map. They are in print on people's phones: never give one another meaning.
const KEY = {
  provinceCode: 1,
  id: 2,
  expiresAt: 3,
  fullName: 4,
  dateOfBirth: 5,
  documentEnding: 6,
  plate: 7,
  originCode: 8,
  destinationCode: 9,
  testedAt: 10,
  vaccineDoses: 11,
  advice: 12,
  rulesVersion: 13,
} as const satisfies Record<keyof PassClaims, number>;

type Written = number | string | Uint8Array | null;
const NAME_BYTES = 32;
const ADVICES: readonly Advice[] = [Advice.ADMIT, Advice.EXAMINE, Advice.REFUSE];

/** The payload. Optional claims that have no place in a pass are left out; throws a RangeError for the other three. */
export function encodeClaims(claims: PassClaims): Uint8Array {
  const written: Record<keyof PassClaims, Written> = {
    provinceCode: /^\d{2}$/.test(claims.provinceCode) ? Number(claims.provinceCode) : null,
    id: uuidToBytes(claims.id),
    expiresAt: seconds(claims.expiresAt),
    fullName: claims.fullName && isName(claims.fullName) ? claims.fullName : null,
    dateOfBirth: claims.dateOfBirth
      ? Number(readBirthDate(claims.dateOfBirth)?.replaceAll('-', '') ?? 0) || null
      : null,
    documentEnding: /^[0-9A-Z]{3}$/.test(claims.documentEnding ?? '')
      ? Number.parseInt(claims.documentEnding ?? '', 36)
      : null,
    plate: readPlate(claims.plate ?? ''),
    originCode: unitNumber(claims.originCode),
    destinationCode: unitNumber(claims.destinationCode),
    testedAt: seconds(claims.testedAt),
    vaccineDoses: whole(claims.vaccineDoses, 23),
    advice: claims.advice ? whole(ADVICES.indexOf(claims.advice), 2) : null,
    rulesVersion: whole(claims.rulesVersion, 65_535),
  };
  if (written.provinceCode === null || written.expiresAt === null)
    throw new RangeError('A pass needs a province and an expiry');
  const entries = Object.entries(KEY).map(([name, key]): [number, Written] => [key, written[name as keyof PassClaims]]);
  return encode(new Map(entries.filter(([, value]) => value !== null)));
}

/** Reads what `encodeClaims` wrote, byte for byte; null for anything else. Never throws. */
export function decodeClaims(payload: Uint8Array): PassClaims | null {
  const map = decodeStrictly(payload);
  if (!(map instanceof Map)) return null;
  const number = (key: number) => numberOf(map.get(key));
  const text = (key: number) => textOf(map.get(key));
  const id: unknown = map.get(KEY.id);
  const [province, expiry] = [number(KEY.provinceCode), number(KEY.expiresAt)];
  if (province === undefined || expiry === undefined || !(id instanceof Uint8Array) || id.length !== 16) return null;
  const claims = {
    provinceCode: String(province).padStart(2, '0'),
    id: uuidFromBytes(id),
    expiresAt: new Date(expiry * 1000),
    fullName: text(KEY.fullName),
    dateOfBirth: birthDateOf(number(KEY.dateOfBirth)),
    documentEnding: number(KEY.documentEnding)?.toString(36).toUpperCase().padStart(3, '0'),
    plate: text(KEY.plate),
    originCode: unitCodeOf(number(KEY.originCode)),
    destinationCode: unitCodeOf(number(KEY.destinationCode)),
    testedAt: instantOf(number(KEY.testedAt)),
    vaccineDoses: number(KEY.vaccineDoses),
    advice: ADVICES[number(KEY.advice) ?? -1],
    rulesVersion: number(KEY.rulesVersion),
  };
  // Whatever is amiss with a claim, or stands beside them, is not written again: one comparison holds every rule above.
  return /^\d{2}$/.test(claims.provinceCode) &&
    seconds(claims.expiresAt) !== null &&
    sameBytes(encodeClaims(claims), payload)
    ? claims
    : null;
}

/** A name as a pass has room for it: NFC, cut at a letter's end (its marks with it) at 32 bytes of UTF-8. */
export function cutName(fullName: string): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter('vi').segment(nfc(fullName.replace(/\p{Cs}/gu, '\ufffd')))) {
    if (!isName(cut + segment)) break;
    cut += segment;
  }
  return cut.trimEnd();
}

function isName(name: string): boolean {
  return name.normalize('NFC') === name && new TextEncoder().encode(name).length <= NAME_BYTES;
}

function seconds(at: Perhaps<Date>): number | null {
  return at ? whole(Math.floor(at.getTime() / 1000), 2 ** 32 - 1) : null;
}

function whole(value: Perhaps<number>, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : null;
}

// A 1 before the digits keeps the zeros at their start: 01 is a province, 001 a district, 00001 a commune.
function unitNumber(code: Perhaps<string>): number | null {
  return /^\d{2,5}$/.test(code ?? '') ? Number(`1${code}`) : null;
}

function unitCodeOf(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number).slice(1);
}

function birthDateOf(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}

function instantOf(number: number | undefined): Date | undefined {
  return number === undefined ? undefined : new Date(number * 1000);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
