/** What goes by on a subject, such as traffic.38.0190…; nothing personal. */
export type Hear = (subject: string, text: string) => void;

/**
 * Tells other nodes what happened, without any promise: a message may be lost, and whoever needs to be right asks the database now
 * and then. Telling never waits and never throws.
 */
export interface Bus {
  tell(subject: string, text: string): void;
  /** Hears every subject that begins so, this node's own included; answers how to stop. */
  hear(prefix: string, hear: Hear): () => void;
  /** False while other nodes are out of reach. */
  readonly reaches: boolean;
  /** Told when that changes: what was said meanwhile is lost. */
  onReach(told: (reaches: boolean) => void): void;
  close(): Promise<void>;
}
