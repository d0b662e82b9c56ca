/** The door for those above who tell what they know of people. */
export type { PersonKey } from './people-elsewhere.ts';
