import { describe, expect, it } from 'vitest';
import type { DeclarationDraft } from '#api/declarations/shared/declaration-draft.ts';
import { meets } from './judge-rules.ts';

const now = new Date('2021-08-23T03:00:00Z');
const levels = { origin: 1, destination: 4, visited: 0 };
const tested = {
  appliesTo: 'ENTRY' as const,
  logic: { and: [{ '===': [{ var: 'testNegative' }, true] }, { '<': [{ var: 'testAgeHours' }, 72] }] },
};
const aDeclaration = (health: DeclarationDraft['health'] = {}, departsAt = now.toISOString()): DeclarationDraft => ({
  person: { dateOfBirth: '17/05/2018', nationality: 'VNM' },
  journey: { purpose: 'HOME', vehicle: 'CAR', departsAt },
  health: {
    symptoms: [],
    contactWithCase: false,
    contactWithSymptomatic: false,
    contactFromAffectedArea: false,
    visitedEpidemicArea: false,
    vaccineDoses: 0,
    ...health,
  },
});
const of = (testedAt: string) => ({ testNegative: true, testedAt });

describe('a rule before the form is sent', () => {
  it('is met or not by what was answered', () => {
    expect(meets(tested, aDeclaration(), levels, now)).toBe(false);
    expect(meets(tested, aDeclaration(of('2021-08-22T03:00:00Z')), levels, now)).toBe(true);
  });

  it('is judged on the day of the journey: a test grows old until then', () => {
    const later = aDeclaration(of('2021-08-22T03:00:00Z'), '2021-08-26T03:00:00Z');
    expect(meets(tested, later, levels, now)).toBe(false);
  });

  it('knows age, level and direction', () => {
    const child = { ...tested, logic: { '<': [{ var: 'age' }, 6] } };
    const low = { ...tested, logic: { '<': [{ var: 'originLevel' }, 2] } };
    const out = { appliesTo: 'EXIT' as const, logic: { '==': [{ var: 'direction' }, 'OUT'] } };
    for (const rule of [child, low, out]) expect(meets(rule, aDeclaration(), levels, now)).toBe(true);
    expect(meets({ ...out, appliesTo: 'ENTRY' }, aDeclaration(), levels, now)).toBe(false);
  });

  it('is neither met nor not met while something is not answered', () => {
    expect(meets(tested, aDeclaration({ contactWithCase: undefined }), levels, now)).toBeNull();
    expect(meets(tested, aDeclaration({ vaccineDoses: undefined }), levels, now)).toBeNull();
    expect(meets(tested, {}, levels, now)).toBeNull();
  });
});
