import { expect, it } from 'vitest';
import { readFormNumber } from './form-number.ts';

it.each([
  ['dx-7k3mp-01', 'DX-7K3MP-01'],
  [' DX-7K3MP 01 ', 'DX-7K3MP01'],
  ['đx/12.3', 'ĐX/12.3'],
  ['', null],
  ['DX_1', null],
  ['x'.repeat(41), null],
])('%j is the form number %j', (typed, number) => expect(readFormNumber(typed)).toBe(number));
