/** The door of recording, for those above who record what happened. */
export { recordPassages, type Recorder, type RecordingCheckpoint } from './record-passages.ts';
export type { RecordPassageInput } from './record-passage.input.ts';
