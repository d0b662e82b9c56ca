import { describe, expect, it } from 'vitest';
import { reasonFault } from './reason.ts';

describe('a reason', () => {
  it('has five characters that can be seen', () => {
    expect(['', ' vì  ', 'a \n b'].map(reasonFault)).toEqual(['SHORT', 'SHORT', 'SHORT']);
    expect(reasonFault('vì vậy')).toBeNull();
  });

  it('holds nothing that looks like the number of a card or a phone', () => {
    for (const number of ['038190000001', '038 190 000 001', '0912.345.678', '171-234-567'])
      expect(reasonFault(`đã xem ${number}`)).toBe('NUMBER');
    expect(reasonFault('đã xem thẻ ngày 27/11/2026')).toBeNull();
  });
});
