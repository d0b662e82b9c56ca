/** Hands a file to the browser, which puts it where downloads go. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  fetchFrom(address, name);
  // Not at once: some browsers read it after the press was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The browser goes on with a link by itself; without a name, by that which the server gives. */
export const fetchFrom = (href: string, download = ''): void =>
  Object.assign(document.createElement('a'), { href, download }).click();
