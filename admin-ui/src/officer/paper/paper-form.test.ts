import { checkDeclaration } from '#api/declarations/shared/declaration-checks.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { expect, it } from 'vitest';
import type { PickedUnit } from '../../ui/picked-unit.ts';
import { newFormNumbers, formCode, numberInCode } from './form-code.ts';
import {
  completed,
  declarationOf,
  newPaperForm,
  repeatedOf,
  unitFacts,
  unitsOf,
  type PaperForm,
} from './paper-form.ts';

const now = Date.parse('2021-08-23T07:05:00Z');
const commune: PickedUnit = { id: '16438@2021', code: '16438', level: 'COMMUNE', path: '', above: ['406', '38'] };

const aForm = (changes: Partial<PaperForm> = {}): PaperForm => ({
  ...newPaperForm(now),
  number: 'dx-7k3mp-01',
  fullName: 'Lê Thị Ba',
  born: '17/05/1960',
  sex: 'FEMALE',
  document: '038 160 000 001',
  permanent: commune,
  permanentLine: 'Thôn 2',
  destination: commune,
  destinationLine: 'Thôn 2',
  origin: commune,
  purpose: 'HOME',
  vehicle: 'ON_FOOT',
  symptoms: [],
  contactWithCase: 'NO',
  contactFromAffectedArea: 'NO',
  contactWithSymptomatic: 'NO',
  visitedEpidemicArea: 'NO',
  tested: 'NO',
  doses: '2',
  ...changes,
});
const problemsOf = (form: PaperForm) =>
  checkDeclaration(
    { ...declarationOf(form, now), id: newUuid7(now) },
    { now: new Date(now), channel: 'PAPER', unit: unitFacts(unitsOf(form)), checkClock: true },
  ).map(({ path, code }) => `${path} ${code}`);

it('a whole form breaks no rule, its number in its one spelling', () => {
  expect(problemsOf(aForm())).toEqual([]);
  expect(completed(aForm(), newUuid7(now), now).paperFormNumber).toBe('DX-7K3MP-01');
});

it('what is not answered is asked for, none of it is taken for a no', () => {
  expect(problemsOf(newPaperForm(now)).filter((problem) => problem.startsWith('health.'))).toEqual(
    [
      'symptoms',
      'contactWithCase',
      'contactWithSymptomatic',
      'contactFromAffectedArea',
      'visitedEpidemicArea',
      'vaccineDoses',
    ].map((field) => `health.${field} REQUIRED`),
  );
});

it('one field takes a card’s number or a passport’s, or a reason why there is none', () => {
  expect(declarationOf(aForm(), now).person?.idNumber).toBe('038160000001');
  expect(declarationOf(aForm({ document: 'c1234567' }), now).person?.passportNumber).toBe('C1234567');
  expect(problemsOf(aForm({ document: '03816' }))).toEqual(['person.idNumber ID_NUMBER']);
  expect(problemsOf(aForm({ document: '' }))).toEqual(['person.noDocumentReason DOCUMENT_OR_REASON_REQUIRED']);
  expect(problemsOf(aForm({ document: '', noDocumentReason: 'Mất thẻ' }))).toEqual([]);
});

it('who leaves today leaves now, who left before at the start of that day in Vietnam', () => {
  expect(declarationOf(aForm(), now).journey?.departsAt).toBe('2021-08-23T07:05:00.000Z');
  expect(declarationOf(aForm({ departsOn: '22/08/2021' }), now).journey?.departsAt).toBe('2021-08-22T00:00:00+07:00');
  expect(problemsOf(aForm({ departsOn: '31/02/2021' }))).toEqual(['journey.departsAt DATE_TIME']);
});

it('the last day of the stay may be missing, and is no day before the journey', () => {
  expect(declarationOf(aForm(), now).journey).not.toHaveProperty('staysUntil');
  expect(declarationOf(aForm({ staysUntil: '30/08/2021' }), now).journey?.staysUntil).toBe('2021-08-30');
  expect(problemsOf(aForm({ staysUntil: '01/08/2021' }))).toEqual(['journey.staysUntil STAY_PAST']);
});

it('a test needs its day', () => {
  expect(problemsOf(aForm({ tested: 'NEGATIVE' }))).toEqual(['health.testedAt TEST_TIME_REQUIRED']);
  expect(problemsOf(aForm({ tested: 'NEGATIVE', testedOn: '21/08/2021' }))).toEqual([]);
});

it('journey and address are repeated, never the person nor the answers on health', () => {
  expect(Object.keys(repeatedOf(aForm())).sort()).toEqual(
    [
      'destination',
      'destinationLine',
      'origin',
      'permanent',
      'permanentLine',
      'plate',
      'purpose',
      'staysUntil',
      'vehicle',
    ].sort(),
  );
});

it('numbers of blank forms differ, and are read from their codes', () => {
  const numbers = newFormNumbers('DX', 40);
  expect(new Set(numbers).size).toBe(40);
  expect(numbers[0]).toMatch(/^DX-[2-9A-Z]{5}-01$/);
  expect(numberInCode(` ${formCode('DX-7K3MP-01').toLowerCase()} `)).toBe('DX-7K3MP-01');
  expect(numberInCode('DX-7K3MP-01')).toBeNull();
});
