import type { Keyring } from './keyring.ts';

/** The server's keys, read once: what seals identifiers, what finds them, what signs passes. */
export interface Keys {
  sealing: Keyring;
  lookup: Keyring;
  /** Ed25519 seeds. */
  signing: Keyring;
}
