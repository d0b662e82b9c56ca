/** The door of the worker's search for doubles. */
export { seekDoubles } from './doubles/seek-doubles.ts';
