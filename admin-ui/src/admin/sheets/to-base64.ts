const largest = 700_000;

/** As the request takes it; null for a file that no request can hold. */
export async function toBase64(file: Blob): Promise<string | null> {
  if (file.size === 0 || file.size > largest) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}
