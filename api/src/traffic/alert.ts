export const AlertKind = {
  SURGE: 'SURGE',
  SILENCE: 'SILENCE',
  REFUSAL_RATE: 'REFUSAL_RATE',
  WATCH_LIST: 'WATCH_LIST',
} as const;
export type AlertKind = keyof typeof AlertKind;

/** An alert with the figures that its message tells. */
export interface Alert {
  kind: AlertKind;
  checkpointId: string;
  /** Null: from when it was first seen. */
  since: number | null;
  figures: { count: number; of: number };
}
