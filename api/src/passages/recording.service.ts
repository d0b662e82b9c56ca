/** The door of recording, for those above who record what happened. */
export { recordPassages } from './record-passages.ts';
export { tellRecorded } from './recorded.events.ts';
export type { Recorder, RecordingCheckpoint } from './recorder.ts';
export type { RecordPassageInput } from './record-passage.input.ts';
