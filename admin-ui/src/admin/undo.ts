/** How long a deed can be taken back with one press. */
export const UNDO_MS = 10_000;
