/** What was committed when a statement ran, as pg_current_snapshot() writes it: 10:20:10,14. */
export interface Snapshot {
  /** Every transaction before it had ended. */
  from: number;
  /** No transaction from it on had. */
  to: number;
  /** Of those between, the ones that were still running. */
  running: ReadonlySet<number>;
}

export function readSnapshot(text: string): Snapshot {
  const [from = '0', to = '0', running = ''] = text.split(':');
  return { from: Number(from), to: Number(to), running: new Set(running ? running.split(',').map(Number) : []) };
}

/** Whether the statement saw what this transaction wrote. */
export function saw({ from, to, running }: Snapshot, transaction: number): boolean {
  return transaction < from || (transaction < to && !running.has(transaction));
}
