import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import { getFragmentData } from '../../../gql/admin/fragment-masking.ts';
import { VerdictFragmentDoc, type DoublePersonFragment } from '../../../gql/admin/graphql.ts';
import { formatNumber } from '../../moments.ts';
import { t } from '../../texts.ts';
import { wholePlace } from '../../unit-place.ts';
import { verdictWords } from '../../verdict/verdict-words.ts';

export interface ComparedFact {
  label: string;
  one: string;
  other: string;
  /** Null where likeness says nothing, as of masked numbers. */
  alike: 'same' | 'differs' | null;
}

const count = ({ totalCount }: { totalCount?: number | null }) =>
  typeof totalCount === 'number' ? formatNumber(totalCount) : '';

/** What two people show, line by line. */
export function compareFacts(one: DoublePersonFragment, other: DoublePersonFragment): ComparedFact[] {
  const line = (label: string, read: (person: DoublePersonFragment) => string, tells = false): ComparedFact => {
    const [left, right] = [read(one), read(other)];
    const both = tells && left !== '' && right !== '';
    return { label, one: left, other: right, alike: both ? (left === right ? 'same' : 'differs') : null };
  };
  return [
    line(t('person.name'), ({ fullName }) => fullName, true),
    line(t('person.birthDate'), ({ dateOfBirth }) => formatBirthDate(dateOfBirth), true),
    line(t('person.sex'), ({ sex }) => t(`sex.${sex}`), true),
    line(t('person.document'), ({ documentMasked }) => documentMasked ?? ''),
    line(t('person.phone'), ({ phoneMasked }) => phoneMasked ?? ''),
    line(
      t('person.permanent'),
      ({ permanentAddress }) => (permanentAddress ? wholePlace(permanentAddress.unit) : ''),
      true,
    ),
    line(t('people.columns.verdict'), ({ verification }) =>
      verdictWords(getFragmentData(VerdictFragmentDoc, verification)),
    ),
    line(t('people.passages'), ({ passages }) => count(passages)),
    line(t('people.declarations'), ({ declarations }) => count(declarations)),
  ];
}
