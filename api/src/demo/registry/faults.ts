/** What can be made to go wrong, as it goes wrong with real platforms, and some as only an attacker does it. */
export const faultKinds = [
  'SERVER_ERROR',
  'SOAP_FAULT',
  'CODE_004',
  'CODE_005',
  'TOKEN_REFUSED',
  'HANG',
  'BROKEN_OFF',
  'TRUNCATED',
  'GARBAGE',
  'WRONG_NAMESPACE',
  'XML_BOMB',
  'OVERSIZED',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  fault: FaultKind | null;
  /** How many questions it meets; null: all, until it is taken away. */
  times: number | null;
  /** Every answer, right or wrong, waits so long. */
  latencyMs: number;
}

export const noFault: Fault = { fault: null, times: null, latencyMs: 0 };

export class Faults {
  #set: Fault = noFault;

  get current(): Fault {
    return this.#set;
  }

  set(fault: Fault): void {
    this.#set = fault;
  }

  /** The fault that meets the next question. */
  next(): FaultKind | null {
    const { fault, times, latencyMs } = this.#set;
    if (fault !== null && times !== null)
      this.#set = times > 1 ? { ...this.#set, times: times - 1 } : { ...noFault, latencyMs };
    return fault;
  }
}
