import { expect, it } from 'vitest';
import { useDoubleEntry } from './double-entry.ts';
import { newPaperForm } from './paper-form.ts';

const typed = { number: 'DX-1', fullName: 'Vũ Thị Kỹ', born: '17/05/1990', document: '038190000001', phone: '' };
const aForm = () => Object.assign(newPaperForm(0), typed);

it('the second time begins empty, and blanks, dashes and case make no difference', () => {
  const form = aForm();
  const { ask, differences } = useDoubleEntry(form);
  ask();
  expect(form).toMatchObject({ number: '', fullName: '', born: '', document: '' });
  Object.assign(form, typed, { number: 'dx1', document: '038 190 000 001' });
  expect(differences()).toEqual([]);
});

it('a diacritic is a difference: it is told once, and either way of writing it is then a decision', () => {
  const form = aForm();
  const { ask, differences } = useDoubleEntry(form);
  ask();
  Object.assign(form, typed, { fullName: 'Vũ Thị Ký' });
  expect(differences()).toEqual([{ path: 'person.fullName', before: 'Vũ Thị Kỹ' }]);
  expect(differences()).toEqual([]);
  form.fullName = 'Vũ Thị Kỹ';
  expect(differences()).toEqual([]);
  form.fullName = 'Vũ Thị Kì';
  expect(differences()).toHaveLength(1);
});
