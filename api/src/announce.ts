/** Tells the start command what is being done; nobody listens when the server was started without it. */
export function announce(step: string): void {
  process.send?.({ step });
}
