/** The name under which the page's address carries it; the value is the checkpoint's id, for its code may be changed while the sign hangs. */
const SIGN_PARAMETER = 'c';

/** What the QR code on a checkpoint's sign says: the declaration page of this deployment, and at which checkpoint it was read. */
export function signAddress(origin: string, checkpointId: string): string {
  const pairs = checkpointId.replaceAll('-', '').match(/../g) ?? [];
  const short = btoa(String.fromCharCode(...pairs.map((pair) => Number.parseInt(pair, 16))));
  return `${origin}/?${SIGN_PARAMETER}=${short.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The checkpoint's id in the value of the parameter; null for anything else. */
export function checkpointOfSign(value: string | null): string | null {
  if (!value || !/^[\w-]{22}$/.test(value)) return null;
  const bytes = [...atob(value.replaceAll('-', '+').replaceAll('_', '/'))].map((byte) => byte.charCodeAt(0));
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return /^.{14}7.{4}[89ab]/.test(id) ? id : null;
}

/** The checkpoint's id in a text that a scanner read, where it is a sign of some deployment; null for anything else. */
export function readSign(text: string): string | null {
  const address = /^\s*https?:\/\/[^/?#\s]+\/\?([^#\s]*)\s*$/i.exec(text);
  return address ? checkpointOfSign(new URLSearchParams(address[1]).get(SIGN_PARAMETER)) : null;
}
