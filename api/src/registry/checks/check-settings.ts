/** How the population database is asked about those who wait. */
export interface CheckSettings {
  /** Questions a second that one worker asks at most. */
  perSecond: number;
  /** Questions under way at once. */
  concurrency: number;
  /** Tries after which a check is given up until someone enqueues it again. */
  mostAttempts: number;
  /** For so long an answer serves all passages of a person. */
  freshMs: number;
  /** For one question, tokens and all. */
  timeoutMs: number;
}

/** Failures one after another, of whomever, after which the remote is left alone for a while. */
export const breakerFailures = 5;
export const breakerOpenMs = 30_000;

/** Nothing but people can mend a refusal: nobody else is asked about for so long, and nobody's tries are used up. */
export const refusedPauseMs = 300_000;

/** A worker that took a check has so long to answer it; then another may take it. */
export const leaseMs = ({ timeoutMs }: Pick<CheckSettings, 'timeoutMs'>): number => timeoutMs + 60_000;
