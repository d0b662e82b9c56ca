/** Hands a file to the browser, which puts it where downloads go. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  // Not at once: some browsers read it after the press was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
