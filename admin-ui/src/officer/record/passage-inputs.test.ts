import { uuid7Time } from '#api/platform/shared/uuid7.ts';
import { describe, expect, it } from 'vitest';
import { evidenceOf, passageInputs, voidInputs, type PersonAboard } from './passage-inputs.ts';

const at = 1_629_700_000_123;
const admitted = { checkpointId: 'dx', direction: 'IN', decision: 'ADMITTED', reason: null } as const;
const person = (changes: Partial<PersonAboard> = {}): PersonAboard => ({
  declarationId: 'declared',
  fullName: 'Nguyễn Thị Hoa',
  qrPayload: null,
  evidence: 'CARD_ONLY',
  ...changes,
});

describe('passages to be recorded', () => {
  it('of a whole coach have ids of one moment, all different, in the order of the list', () => {
    const inputs = passageInputs(
      Array.from({ length: 45 }, () => person()),
      admitted,
      at,
    );
    const ids = inputs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(45);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.map(uuid7Time)).toEqual(ids.map(() => at));
  });

  it('name a paper form by its number alone', () => {
    const [input] = passageInputs([person({ paperFormNumber: 'DX-1', evidence: 'PAPER_AND_CARD' })], admitted, at);
    expect(input).toMatchObject({ paperFormNumber: 'DX-1', evidence: 'PAPER_AND_CARD' });
    expect(input).not.toHaveProperty('declarationId');
  });

  it('name the pass that was scanned, or else the declaration, never both', () => {
    const [byPass, byCode] = passageInputs([person({ qrPayload: 'CDN1: A ' }), person()], admitted, at);
    expect(byPass).toMatchObject({ qrPayload: 'CDN1: A ' });
    expect(byPass).not.toHaveProperty('declarationId');
    expect(byCode).toMatchObject({ declarationId: 'declared' });
    expect(byCode).not.toHaveProperty('qrPayload');
  });

  it('are taken back by corrections that bear their time, and new ids', () => {
    const inputs = passageInputs([person(), person()], admitted, at);
    const voids = voidInputs(inputs);
    expect(voids.map(({ corrects }) => corrects)).toEqual(inputs.map(({ id }) => id));
    expect(voids.map(({ id }) => uuid7Time(id))).toEqual([at, at]);
    expect(voids.every(({ decision }) => decision === 'VOID')).toBe(true);
    expect(new Set([...inputs, ...voids].map(({ id }) => id)).size).toBe(4);
  });

  it('say what identity was compared with', () => {
    expect(evidenceOf({ pass: true, card: true })).toBe('QR_AND_CARD');
    expect(evidenceOf({ pass: false, card: true })).toBe('CARD_ONLY');
    expect(evidenceOf({ pass: true, card: false })).toBe('NO_CARD');
  });
});
