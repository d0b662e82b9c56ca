// 22 characters hold 132 bits: the last one's four spare bits are zero, so that a secret has one spelling only.
const SHAPE = /^(\d{2})\.([A-Za-z0-9_-]{21}[AQgw])$/;

/** The key to one's own declaration: `<province of the destination>.<128 random bits, base64url>`. */
export function newReceiptSecret(provinceCode: string): string {
  const bits = crypto.getRandomValues(new Uint8Array(16));
  const base64 = btoa(String.fromCharCode(...bits));
  return `${provinceCode}.${base64.slice(0, 22).replaceAll('+', '-').replaceAll('/', '_')}`;
}

export function readReceiptSecret(text: string): { provinceCode: string; secret: string } | null {
  const [, provinceCode, secret] = SHAPE.exec(text) ?? [];
  return provinceCode === undefined || secret === undefined ? null : { provinceCode, secret };
}
