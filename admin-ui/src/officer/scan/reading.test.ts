import { PASS_PREFIX } from '#api/passes/shared/pass-token.ts';
import { describe, expect, it } from 'vitest';
import { isMangledByKeyboard, isPass, scannedText } from './reading.ts';

describe('what was read', () => {
  it('is a pass by the prefix that passes have', () => {
    expect(isPass(`${PASS_PREFIX}RRQ`)).toBe(true);
    expect(isPass('386PNV1TK')).toBe(false);
  });

  it('begins with the prefix, whatever key was pressed just before', () => {
    expect(scannedText(`o${PASS_PREFIX}RRQ `)).toBe(`${PASS_PREFIX}RRQ `);
    expect(scannedText('386PNV1TK')).toBe('386PNV1TK');
  });

  it('begins with the number of a card, whatever key was pressed just before', () => {
    const card = '038190000001||Nguyễn Thị Hoa|17051990|Nữ|Thôn 3|01052021';
    for (const before of ['', '1', 'o', '/1']) expect(scannedText(before + card)).toBe(card);
    const personal = '171234567|HOA|1990-05-17|0|038190000001|';
    expect(scannedText(personal)).toBe(personal);
  });

  it('shows when a Vietnamese keyboard spoiled it', () => {
    expect(isMangledByKeyboard({ text: 'CDN1:ÂRQ', by: 'HAND_SCANNER' })).toBe(true);
    expect(isMangledByKeyboard({ text: 'CDN1:AARQ $%*+-./:', by: 'HAND_SCANNER' })).toBe(false);
    expect(isMangledByKeyboard({ text: 'Nguyễn', by: 'TYPED' })).toBe(false);
  });
});
