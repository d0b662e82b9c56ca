import { describe, expect, it } from 'vitest';
import { readDraft, toDraft } from './threshold-draft.ts';

const values = {
  surgeFactor: 2.5,
  surgeAtLeast: 30,
  silenceMinutes: 45,
  refusalPercent: 20,
  refusalAtLeast: 20,
  watchListMinutes: 60,
};
const draft = toDraft(values, (value) => String(value).replace('.', ','));

describe('thresholds as they are typed', () => {
  it('are read as they were shown', () => {
    expect(readDraft(draft)).toEqual(values);
    expect(readDraft({ ...draft, surgeFactor: ' 2.5 ' })).toEqual(values);
  });

  it('name what is no number, and what has to be a whole one', () => {
    expect(readDraft({ ...draft, surgeFactor: 'ba', silenceMinutes: '', refusalPercent: '2,5' })).toEqual({
      wrong: ['surgeFactor', 'silenceMinutes', 'refusalPercent'],
    });
  });
});
