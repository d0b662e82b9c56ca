/** The door for those above who tell what they know of people. */
export type { PeopleElsewhere, PersonKey } from './people-elsewhere.ts';
