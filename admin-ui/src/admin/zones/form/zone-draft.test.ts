import { newSentence } from '#api/territory/shared/movement-rules/sentences/sentence.ts';
import { describe, expect, it } from 'vitest';
import { newRule } from '../rules/rule-draft.ts';
import { emptyDraft, problemsOf, sortProblems, toZoneInput, type ZoneDraft } from './zone-draft.ts';

const rule = () =>
  newRule('rule', { combined: 'ALL', conditions: [newSentence('NEGATIVE_TEST')], exemptions: [] }, 'REFUSE');
const aZone = (changed: Partial<ZoneDraft> = {}): ZoneDraft => ({
  ...emptyDraft('23/08/2021'),
  name: ' Vùng Quảng Xương ',
  level: 'LEVEL_4',
  units: [{ id: '402@2021', path: 'Huyện Quảng Xương, Thanh Hóa' }],
  ...changed,
});

describe('a zone to be saved', () => {
  it('says all that is missing at once', () => {
    expect(Object.keys(problemsOf({ ...emptyDraft(''), entryRules: [{ ...rule(), vietnamese: ' ' }] }))).toEqual([
      'name',
      'level',
      'unitCodes',
      'startsOn',
      'entryRules.0.description',
    ]);
  });

  it('does not end before it begins, and takes no day that is none', () => {
    expect(problemsOf(aZone({ endsOn: '22/08/2021' }))).toEqual({ endsOn: 'filter.endsBefore' });
    expect(problemsOf(aZone({ endsOn: '31/02/2021' }))).toEqual({ endsOn: 'filter.noSuchDay' });
    expect(problemsOf(aZone({ endsOn: '23/08/2021' }))).toEqual({});
  });

  it('goes to the server with days, codes and the logic that its sentences print', () => {
    const entry = rule();
    expect(toZoneInput('id', aZone({ entryRules: [entry], contactPhone: ' ' }), '2021-08-23')).toEqual({
      id: 'id',
      name: 'Vùng Quảng Xương',
      level: 'LEVEL_4',
      unitCodes: ['402@2021'],
      startsOn: '2021-08-23',
      endsOn: null,
      contactName: null,
      contactPhone: null,
      exitRules: [],
      entryRules: [
        {
          id: entry.id,
          description: 'Cần: xét nghiệm âm tính trong 72 giờ.',
          descriptionEnglish: 'Needed: a negative test of the last 72 hours.',
          logic: { and: [{ '===': [{ var: 'testNegative' }, true] }, { '<': [{ var: 'testAgeHours' }, 72] }] },
          onFailure: 'REFUSE',
          validFrom: null,
        },
      ],
    });
  });

  it('takes no day that is none for a rule to begin on', () => {
    expect(problemsOf(aZone({ exitRules: [{ ...rule(), begins: '31/02/2021' }] }))).toEqual({
      'exitRules.0.validFrom': 'filter.noSuchDay',
    });
  });

  it('does not go while a rule has an empty blank', () => {
    const blank = newRule('rule', { combined: 'ALL', conditions: [], exemptions: [] }, 'EXAMINE');
    expect(problemsOf(aZone({ exitRules: [rule(), blank] }))).toHaveProperty('exitRules.1.logic');
    expect(toZoneInput('id', aZone({ exitRules: [blank] }), '2021-08-23')).toBeNull();
  });
});

describe('problems that the server tells of a zone', () => {
  it('stand beside their field, all of the units beside the units, and what has no field is told apart', () => {
    expect(
      sortProblems({
        'input.name': 'A name',
        'unitCodes.3': 'A unit',
        'entryRules.0.logic': 'Logic',
        exitRules: 'Too many',
        'entryRules.0.id': 'Twice',
      }),
    ).toEqual({
      problems: { name: 'A name', unitCodes: 'A unit', 'entryRules.0.logic': 'Logic', exitRules: 'Too many' },
      other: ['Twice'],
    });
  });
});
