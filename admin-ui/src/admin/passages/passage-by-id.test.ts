import { describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { aroundPassage } from './passage-by-id.ts';

describe('a passage that is known by its id alone', () => {
  it('is looked for in the millisecond that its id names, corrected ones too', () => {
    const at = Date.parse('2021-08-23T07:05:00.123Z');
    expect(aroundPassage(newUuid7(at))).toEqual({
      from: '2021-08-23T07:05:00.123Z',
      to: '2021-08-23T07:05:00.124Z',
      superseded: true,
    });
  });

  it('is not looked for by what is no id', () => expect(aroundPassage('officer.38')).toBeNull());
});
