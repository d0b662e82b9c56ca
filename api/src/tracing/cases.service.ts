/** The door for those above: a case is opened as a tracer opens it, and what the daily report says of tracing. */
export { openCase } from './open-cases.ts';
