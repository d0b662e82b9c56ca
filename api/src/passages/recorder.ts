import type { KnownCheckpoint } from '../checkpoints/checkpoints-around.service.ts';

export interface RecordingCheckpoint extends KnownCheckpoint {
  assigned: boolean;
}

export interface Recorder {
  accountId: string;
  unitId: string;
  /** The checkpoints of the province, by id; recording is for the assigned ones. */
  checkpoints: ReadonlyMap<string, RecordingCheckpoint>;
}
