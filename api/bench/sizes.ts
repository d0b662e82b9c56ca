/** How much is loaded and asked. `--small` is for trying the bench out: its ratios mean little. */
export interface Sizes {
  people: number;
  declarations: number;
  days: number;
  rounds: number;
  /** How long one side works in one round of reading; rounds of writing hold a fixed number of rows. */
  roundSeconds: number;
  perRound: { batches: number; singles: number };
}

export const whole: Sizes = {
  people: 100_000,
  declarations: 260_000,
  days: 30,
  rounds: 15,
  roundSeconds: 0.7,
  perRound: { batches: 6, singles: 400 },
};

export const small: Sizes = {
  people: 5_000,
  declarations: 13_000,
  days: 30,
  rounds: 3,
  roundSeconds: 0.3,
  perRound: { batches: 4, singles: 100 },
};

export const batchSize = 500;
export const readers = 64;
export const listReaders = 16;
/** Fewer than the pool holds: what is measured is transactions, not who waits for a connection. */
export const secondLockReaders = 8;
/** Devices that send what they recorded offline, at once. */
export const batchSenders = 4;
export const singleSenders = 16;
