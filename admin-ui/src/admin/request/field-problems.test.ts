import { describe, expect, it } from 'vitest';
import { byField } from './field-problems.ts';

describe('problems that the server tells', () => {
  it('stand beside their field, whatever the path to it, the first of each', () => {
    const texts = { 'input.code': 'A code', unitCode: 'A unit', 'checkpointIds.0': 'One', 'checkpointIds[1]': 'Two' };
    expect(byField(texts, ['code', 'unitCode', 'checkpointIds']).fields).toEqual({
      code: 'A code',
      unitCode: 'A unit',
      checkpointIds: 'One',
    });
  });

  it('are told apart from it where the form has no such field', () => {
    expect(byField({ id: 'Not a UUIDv7' }, ['code'])).toEqual({ fields: {}, other: ['Not a UUIDv7'] });
  });
});
