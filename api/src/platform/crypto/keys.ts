import type { Keyring } from './keyring.ts';

/** The server's keys: what seals identifiers, what finds them, what signs passes, what sessions are known by. */
export interface Keys {
  sealing: Keyring;
  lookup: Keyring;
  /** Ed25519 seeds. */
  signing: Keyring;
  session: Keyring;
}
