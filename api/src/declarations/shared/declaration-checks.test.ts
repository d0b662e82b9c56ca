import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticIdNumber } from '#api/people/shared/id-number.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import {
  checkDeclaration,
  checkSubmission,
  normaliseDeclaration,
  warningsOf,
  type CheckContext,
  type UnitFacts,
} from './declaration-checks.ts';
import type {
  CompleteDeclaration,
  DeclarationDraft,
  DeclaredJourney,
  DeclaredPerson,
  HealthAnswers,
} from './declaration-draft.ts';
import { newReceiptSecret } from './receipt-secret.ts';

const NOW = new Date('2021-08-23T07:00:00Z');
const DAY_MS = 24 * 3_600_000;
const fromNow = (ms: number) => new Date(NOW.getTime() + ms).toISOString();

const UNITS = new Map(
  [
    ['VN'],
    ['VN', '38'],
    ['VN', '38', '380'],
    ['VN', '38', '380', '14758'],
    ['VN', '38', '406'],
    ['VN', '38', '406', '16438'],
    ['VN', '01'],
    ['VN', '01', '001'],
    ['VN', '01', '001', '00001'],
  ].map((path): [string, UnitFacts] => {
    const code = path.at(-1) ?? '';
    const level = ({ VN: 'NATION', 2: 'PROVINCE', 3: 'DISTRICT', 5: 'COMMUNE' } as const)[
      code === 'VN' ? 'VN' : (code.length as 2 | 3 | 5)
    ];
    return [code, { code, level, path }];
  }),
);

const context = (given: Partial<CheckContext> = {}): CheckContext => ({
  now: NOW,
  channel: 'ONLINE',
  unit: (code) => UNITS.get(code),
  checkClock: true,
  ...given,
});

interface Parts {
  person?: Partial<DeclaredPerson>;
  journey?: Partial<DeclaredJourney>;
  health?: Partial<HealthAnswers>;
}

function aDeclaration(given: Partial<Omit<CompleteDeclaration, keyof Parts>> & Parts = {}): CompleteDeclaration {
  return {
    id: newUuid7(NOW.getTime()),
    receiptSecret: newReceiptSecret('38'),
    stayAddress: null,
    onBehalf: false,
    ...given,
    person: {
      fullName: 'Nguyễn Thị Bé',
      dateOfBirth: '1950-08-23',
      sex: 'FEMALE',
      nationality: 'VNM',
      idNumber: syntheticIdNumber({ provinceCode3: '038', sex: 'FEMALE', birthYear: 1950, serial: 1 }),
      phone: '0912345678',
      permanentAddress: { line: 'Số 1, thôn Đông', unitCode: '14758' },
      ...given.person,
    },
    journey: {
      purpose: 'HOME',
      originCode: '01',
      destinationCode: '406',
      destinationAddress: { line: 'Thôn Tây', unitCode: '16438' },
      departsAt: fromNow(3_600_000),
      vehicle: 'CAR',
      plate: '36A-123.45',
      ...given.journey,
    },
    health: {
      symptoms: [],
      contactWithCase: false,
      contactWithSymptomatic: false,
      contactFromAffectedArea: false,
      visitedEpidemicArea: true,
      visitedUnitCodes: ['001', '38'],
      testedAt: fromNow(-DAY_MS),
      testNegative: true,
      vaccineDoses: 1,
      ...given.health,
    },
  };
}

const problems = (input: DeclarationDraft, given: Partial<CheckContext> = {}) =>
  checkDeclaration(input, context(given)).map(({ path, code }) => `${path} ${code}`);
const ofPerson = (person: Partial<DeclaredPerson>, given?: Partial<CheckContext>) =>
  problems(aDeclaration({ person }), given);
const ofJourney = (journey: Partial<DeclaredJourney>) => problems(aDeclaration({ journey }));
const ofHealth = (health: Partial<HealthAnswers>) => problems(aDeclaration({ health }));

describe('a declaration', () => {
  it('is accepted when it is filled in rightly, on every channel', () => {
    for (const channel of ['ONLINE', 'PAPER', 'ASSISTED', 'PARTNER'] as const)
      expect(problems(aDeclaration(), { channel })).toEqual([]);
  });

  it('that is empty says what is required, field by field', () => {
    const expected = [
      'id',
      'receiptSecret',
      'person.fullName',
      'person.dateOfBirth',
      'person.sex',
      'person.nationality',
      'journey.purpose',
      'journey.originCode',
      'journey.destinationCode',
      'journey.destinationAddress.unitCode',
      'journey.destinationAddress.line',
      'journey.departsAt',
      'journey.vehicle',
      'health.symptoms',
      'health.contactWithCase',
      'health.contactWithSymptomatic',
      'health.contactFromAffectedArea',
      'health.visitedEpidemicArea',
      'health.vaccineDoses',
    ].map((path) => `${path} REQUIRED`);
    expect(problems({}).sort()).toEqual([...expected, 'person.idNumber DOCUMENT_REQUIRED'].sort());
    expect(problems({ person: null, journey: {}, health: null }).sort()).toEqual(problems({}).sort());
  });

  it('never makes the checks throw, whatever is typed', () => {
    const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    const address = fc.option(fc.record({ line: text, unitCode: text }), { nil: null });
    const draft = fc.record({
      id: text,
      receiptSecret: text,
      person: fc.record({
        fullName: text,
        dateOfBirth: text,
        idNumber: text,
        passportNumber: text,
        phone: text,
        email: text,
        permanentAddress: address,
      }),
      journey: fc.record({
        originCode: text,
        destinationCode: text,
        destinationAddress: address,
        departsAt: text,
        plate: text,
      }),
      health: fc.record({ testedAt: text, vaccineDoses: fc.double(), visitedUnitCodes: fc.array(fc.string()) }),
      stayAddress: address,
    });
    fc.assert(
      fc.property(draft, (input) => {
        expect(checkDeclaration(input, context()).length).toBeGreaterThan(0);
        const normal = normaliseDeclaration(input);
        expect(normaliseDeclaration(normal)).toEqual(normal);
        expect(warningsOf(input).length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('the person', () => {
  it('has a name of 1 to 225 characters with a letter, without emoji', () => {
    expect(ofPerson({ fullName: '' })).toEqual(['person.fullName REQUIRED']);
    expect(ofPerson({ fullName: 'ễ'.normalize('NFD').repeat(225) })).toEqual([]);
    expect(ofPerson({ fullName: 'a'.repeat(226) })).toEqual(['person.fullName TOO_LONG']);
    expect(ofPerson({ fullName: 'Bé 😀' })).toEqual(['person.fullName EMOJI']);
    expect(ofPerson({ fullName: '12' })).toEqual(['person.fullName NO_LETTER']);
  });

  it('was born on a day of the calendar, not in the future and not over 130 years ago', () => {
    expect(ofPerson({ dateOfBirth: '31021990' })).toEqual(['person.dateOfBirth BIRTH_DATE']);
    expect(ofPerson({ dateOfBirth: '2021-08-23' })).toEqual([]);
    expect(ofPerson({ dateOfBirth: '2021-08-24' })).toEqual(['person.dateOfBirth BIRTH_IN_FUTURE']);
    expect(ofPerson({ dateOfBirth: '2022' })).toEqual(['person.dateOfBirth BIRTH_IN_FUTURE']);
    expect(ofPerson({ dateOfBirth: '2021' })).toEqual([]);
    expect(ofPerson({ dateOfBirth: '1891-08-23' })).toEqual([]);
    expect(ofPerson({ dateOfBirth: '1891-08-22' })).toEqual(['person.dateOfBirth BIRTH_TOO_LONG_AGO']);
    expect(ofPerson({ dateOfBirth: '1891' })).toEqual([]);
    expect(ofPerson({ dateOfBirth: '1890' })).toEqual(['person.dateOfBirth BIRTH_TOO_LONG_AGO']);
  });

  it('born today in Viet Nam is not born in the future, though it is yesterday in London', () => {
    expect(ofPerson({ dateOfBirth: '2021-08-24' }, { now: new Date('2021-08-23T18:00:00Z') })).toEqual([]);
  });

  it('gives a number or a passport, unless under 14', () => {
    const none = { idNumber: null, passportNumber: ' ' };
    expect(ofPerson(none)).toEqual(['person.idNumber DOCUMENT_REQUIRED']);
    expect(ofPerson({ ...none, dateOfBirth: '2007-08-23' })).toEqual(['person.idNumber DOCUMENT_REQUIRED']);
    expect(ofPerson({ ...none, dateOfBirth: '2007-08-24' })).toEqual([]);
    expect(ofPerson({ ...none, dateOfBirth: '2007' })).toEqual([]);
    expect(ofPerson({ ...none, passportNumber: 'b 1234567' })).toEqual([]);
    expect(ofPerson({ idNumber: '12345' })).toEqual(['person.idNumber ID_NUMBER']);
    expect(ofPerson({ passportNumber: 'B123' })).toEqual(['person.passportNumber PASSPORT_NUMBER']);
    expect(ofPerson({ passportNumber: 'B'.repeat(21) })).toEqual(['person.passportNumber PASSPORT_NUMBER']);
  });

  it('may have neither on paper and assisted, with a reason', () => {
    for (const channel of ['PAPER', 'ASSISTED'] as const) {
      expect(ofPerson({ idNumber: null }, { channel })).toEqual([
        'person.noDocumentReason DOCUMENT_OR_REASON_REQUIRED',
      ]);
      expect(ofPerson({ idNumber: null, noDocumentReason: 'Mất giấy tờ' }, { channel })).toEqual([]);
      expect(ofPerson({ idNumber: null, noDocumentReason: 'a'.repeat(501) }, { channel })).toEqual([
        'person.noDocumentReason TOO_LONG',
      ]);
    }
    expect(ofPerson({ idNumber: null, noDocumentReason: 'Mất giấy tờ' })).toEqual([
      'person.idNumber DOCUMENT_REQUIRED',
    ]);
  });

  it('of Viet Nam has a permanent address there, of elsewhere need not', () => {
    expect(ofPerson({ permanentAddress: null })).toEqual([
      'person.permanentAddress.unitCode REQUIRED',
      'person.permanentAddress.line REQUIRED',
    ]);
    expect(ofPerson({ permanentAddress: null, nationality: 'LAO' })).toEqual([]);
    expect(ofPerson({ nationality: 'VN' })).toEqual(['person.nationality NATIONALITY']);
  });

  it('has phone, e-mail and insurance number in their shapes, where given', () => {
    expect(ofPerson({ phone: null, email: 'be@example.vn', healthInsuranceNumber: 'HS4 38 0123456789' })).toEqual([]);
    expect(ofPerson({ phone: '12345' })).toEqual(['person.phone PHONE_NUMBER']);
    for (const email of ['be', 'be@', 'be@example', 'b e@example.vn', 'be@@example.vn', 'be@exa\u0000mple.vn']) {
      expect(ofPerson({ email })).toEqual(['person.email EMAIL']);
    }
    expect(ofPerson({ email: `${'a'.repeat(250)}@b.vn` })).toEqual(['person.email TOO_LONG']);
    expect(ofPerson({ healthInsuranceNumber: '1234567' })).toEqual([
      'person.healthInsuranceNumber HEALTH_INSURANCE_NUMBER',
    ]);
    expect(ofPerson({ healthInsuranceNumber: '1'.repeat(18) })).toEqual([
      'person.healthInsuranceNumber HEALTH_INSURANCE_NUMBER',
    ]);
  });
});

describe('an address', () => {
  it('names a commune that there is, and a line of at most 255 characters', () => {
    const of = (line: string, unitCode: string) => ofPerson({ temporaryAddress: { line, unitCode } });
    expect(of('Thôn Đông', '00001')).toEqual([]);
    expect(of('', '')).toEqual([]);
    expect(of('Thôn Đông', '')).toEqual(['person.temporaryAddress.unitCode REQUIRED']);
    expect(of('', '00001')).toEqual(['person.temporaryAddress.line REQUIRED']);
    expect(of('Thôn Đông', '99999')).toEqual(['person.temporaryAddress.unitCode UNKNOWN_UNIT']);
    expect(of('Thôn Đông', '380')).toEqual(['person.temporaryAddress.unitCode NOT_A_COMMUNE']);
    expect(of('a'.repeat(256), '00001')).toEqual(['person.temporaryAddress.line TOO_LONG']);
    expect(of('a\u0000', '00001')).toEqual(['person.temporaryAddress.line HIDDEN_CHARACTER']);
    expect(problems(aDeclaration({ stayAddress: { line: 'Thôn', unitCode: '38' } }))).toEqual([
      'stayAddress.unitCode NOT_A_COMMUNE',
    ]);
  });
});

describe('the journey', () => {
  it('goes between places that there are', () => {
    for (const code of ['38', '380', '14758']) expect(ofJourney({ originCode: code })).toEqual([]);
    for (const code of ['XX', 'VN', '99'])
      expect(ofJourney({ originCode: code })).toEqual(['journey.originCode UNKNOWN_UNIT']);
    expect(ofJourney({ destinationCode: '99' })).toEqual(['journey.destinationCode UNKNOWN_UNIT']);
  });

  it('ends at an address inside its destination', () => {
    const to = (destinationCode: string, unitCode: string) =>
      ofJourney({ destinationCode, destinationAddress: { line: 'Thôn', unitCode } });
    for (const code of ['38', '406', '16438']) expect(to(code, '16438')).toEqual([]);
    expect(to('380', '16438')).toEqual(['journey.destinationAddress.unitCode OUTSIDE']);
    expect(to('38', '00001')).toEqual(['journey.destinationAddress.unitCode OUTSIDE']);
  });

  it('begins between 14 days ago and 30 days from now, at a moment with its offset', () => {
    for (const departsAt of [fromNow(-14 * DAY_MS), fromNow(30 * DAY_MS), new Date(NOW), '2021-08-23T14:00+07:00'])
      expect(ofJourney({ departsAt })).toEqual([]);
    expect(ofJourney({ departsAt: fromNow(-14 * DAY_MS - 1) })).toEqual(['journey.departsAt DEPARTED_TOO_LONG_AGO']);
    expect(ofJourney({ departsAt: fromNow(30 * DAY_MS + 1) })).toEqual(['journey.departsAt DEPARTS_TOO_LATE']);
    for (const departsAt of ['2021-08-23', '2021-08-23T14:00', 'mai', '2021-13-01T00:00Z', new Date(Number.NaN)]) {
      expect(ofJourney({ departsAt })).toEqual(['journey.departsAt DATE_TIME']);
    }
  });

  it('by car, coach or truck names the plate', () => {
    for (const vehicle of ['CAR', 'COACH', 'TRUCK'] as const)
      expect(ofJourney({ vehicle, plate: '' })).toEqual(['journey.plate REQUIRED']);
    for (const vehicle of ['ON_FOOT', 'MOTORBIKE', 'TRAIN'] as const)
      expect(ofJourney({ vehicle, plate: null })).toEqual([]);
    expect(ofJourney({ plate: 'không có' })).toEqual(['journey.plate PLATE']);
  });
});

describe('the health answers', () => {
  it('of a test say when and how it came out', () => {
    expect(ofHealth({ testedAt: null, testNegative: null })).toEqual([]);
    expect(ofHealth({ testedAt: null, testNegative: true })).toEqual(['health.testedAt TEST_TIME_REQUIRED']);
    expect(ofHealth({ testNegative: null })).toEqual(['health.testNegative TEST_RESULT_REQUIRED']);
    expect(ofHealth({ testedAt: fromNow(3_600_000) })).toEqual(['health.testedAt TEST_IN_FUTURE']);
    expect(ofHealth({ testedAt: fromNow(-366 * DAY_MS) })).toEqual(['health.testedAt TEST_TOO_LONG_AGO']);
  });

  it('name 0 to 10 whole doses', () => {
    for (const vaccineDoses of [0, 10]) expect(ofHealth({ vaccineDoses })).toEqual([]);
    for (const vaccineDoses of [-1, 11, 1.5, Number.NaN])
      expect(ofHealth({ vaccineDoses })).toEqual(['health.vaccineDoses DOSES']);
  });

  it('name at most 20 visited units, each known', () => {
    expect(ofHealth({ visitedUnitCodes: Array<string>(20).fill('01') })).toEqual([]);
    expect(ofHealth({ visitedUnitCodes: Array<string>(21).fill('01') })).toEqual(['health.visitedUnitCodes TOO_MANY']);
    expect(ofHealth({ visitedUnitCodes: ['01', '99'] })).toEqual(['health.visitedUnitCodes.1 UNKNOWN_UNIT']);
  });
});

describe('the id and the secret', () => {
  it('the id is a UUIDv7 of at most an hour ahead and 14 days behind', () => {
    const at = (ms: number, checkClock = true) =>
      problems(aDeclaration({ id: newUuid7(NOW.getTime() + ms) }), { checkClock });
    for (const ms of [3_600_000, -14 * DAY_MS]) expect(at(ms)).toEqual([]);
    for (const ms of [3_600_001, -14 * DAY_MS - 1]) {
      expect(at(ms)).toEqual(['id CLOCK']);
      expect(at(ms, false)).toEqual([]);
    }
    for (const id of ['1', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'])
      expect(problems(aDeclaration({ id }))).toEqual(['id ID']);
  });

  it('the secret is obligatory online and names the province of the destination', () => {
    const withSecret = (receiptSecret: string | null, channel: CheckContext['channel'] = 'ONLINE') =>
      problems(aDeclaration({ receiptSecret }), { channel });
    expect(withSecret(null)).toEqual(['receiptSecret REQUIRED']);
    expect(withSecret(null, 'PAPER')).toEqual([]);
    expect(withSecret('38.short')).toEqual(['receiptSecret RECEIPT_SECRET']);
    expect(withSecret(newReceiptSecret('01'))).toEqual(['receiptSecret WRONG_PROVINCE']);
  });
});

describe('a submission', () => {
  it('holds 1 to 50 declarations', () => {
    expect(checkSubmission([], context())).toEqual({ ok: false, code: 'EMPTY' });
    expect(
      checkSubmission(
        Array.from({ length: 50 }, () => aDeclaration()),
        context(),
      ),
    ).toEqual({ ok: true });
    expect(
      checkSubmission(
        Array.from({ length: 51 }, () => aDeclaration()),
        context(),
      ),
    ).toEqual({ ok: false, code: 'TOO_MANY' });
  });

  it('has an id and a secret for each', () => {
    const one = aDeclaration();
    expect(checkSubmission([one, { ...aDeclaration(), id: one.id }], context())).toEqual({
      ok: false,
      code: 'INVALID',
      problems: [[], [{ path: 'id', code: 'DUPLICATE' }]],
    });
    expect(checkSubmission([one, { ...aDeclaration(), receiptSecret: one.receiptSecret }], context())).toEqual({
      ok: false,
      code: 'INVALID',
      problems: [[], [{ path: 'receiptSecret', code: 'DUPLICATE' }]],
    });
  });

  it('goes to one province', () => {
    const toHanoi = aDeclaration({
      receiptSecret: newReceiptSecret('01'),
      journey: { destinationCode: '01', destinationAddress: { line: 'Số 2', unitCode: '00001' } },
    });
    expect(checkSubmission([aDeclaration(), toHanoi], context())).toEqual({
      ok: false,
      code: 'INVALID',
      problems: [[], [{ path: 'journey.destinationCode', code: 'OTHER_PROVINCE' }]],
    });
  });
});

describe('warnings and normalising', () => {
  it('a number that contradicts sex or birth year is a warning and no problem', () => {
    const contradicting = aDeclaration({ person: { sex: 'MALE', dateOfBirth: '1951' } });
    expect(problems(contradicting)).toEqual([]);
    expect(warningsOf(contradicting)).toEqual([
      { path: 'person.idNumber', code: 'CONTRADICTS_SEX' },
      { path: 'person.idNumber', code: 'CONTRADICTS_BIRTH_YEAR' },
    ]);
    expect(warningsOf(aDeclaration())).toEqual([]);
    expect(warningsOf({})).toEqual([]);
  });

  it('a normalised declaration holds everything in its one spelling', () => {
    const typed = aDeclaration({
      person: {
        fullName: '  Nguyễn  Thị Bé '.normalize('NFD'),
        dateOfBirth: '23/08/1950',
        idNumber: '038 150 000 001',
        phone: '0912 345 678',
        passportNumber: 'b 1234567',
        email: '',
        temporaryAddress: { line: ' ', unitCode: '' },
      },
      journey: { plate: '36a-123.45' },
      health: { visitedUnitCodes: ['01', '01'], testedAt: null, testNegative: null },
    });
    const before = structuredClone(typed);
    const normal = normaliseDeclaration(typed);
    expect(typed).toEqual(before);
    expect(normal.person).toMatchObject({
      fullName: 'Nguyễn Thị Bé',
      dateOfBirth: '1950-08-23',
      idNumber: '038150000001',
      phone: '+84912345678',
      passportNumber: 'B1234567',
      email: null,
      temporaryAddress: null,
      permanentAddress: { line: 'Số 1, thôn Đông', unitCode: '14758' },
    });
    expect(normal.journey.plate).toBe('36A12345');
    expect(normal.health.visitedUnitCodes).toEqual(['01']);
    expect(problems(normal)).toEqual(problems(typed));
  });
});
