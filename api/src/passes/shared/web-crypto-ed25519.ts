/** A public key as the platform's WebCrypto holds it (a CryptoKey, wherever that type is declared). */
export type Ed25519PublicKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const KID_BYTES = 4;

/**
 * Imports the 32 raw bytes of an Ed25519 public key. Rejects where they are none, where the page is not a secure context
 * (crypto.subtle is missing on plain http) and in browsers before Chrome 137, Firefox 129 and Safari 17.
 */
export async function importPublicKey(raw: Uint8Array): Promise<Ed25519PublicKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(raw), { name: 'Ed25519' }, false, ['verify']);
}

/** Fits `verifyPass`. */
export async function verifyEd25519(key: Ed25519PublicKey, signature: Uint8Array, bytes: Uint8Array): Promise<boolean> {
  return crypto.subtle.verify({ name: 'Ed25519' }, key, new Uint8Array(signature), new Uint8Array(bytes));
}

/** The kid of a raw public key: the first four bytes of its SHA-256 as eight hexadecimal digits. */
export async function kidOf(raw: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(raw)));
  return Array.from(digest.subarray(0, KID_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
